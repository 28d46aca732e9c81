package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  private static final String SECRET = "s3cret";

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "jdbc:postgresql://h:5433/d?user=u&password=p -> postgresql://u:***@h:5433/d",
        "jdbc:postgresql://h/d -> postgresql://h:5432/d",
        "jdbc:postgresql://h:/d -> postgresql://h:5432/d",
        "jdbc:postgresql://h1:1,h2:2/d?user=u -> postgresql://u@h1:1,h2:2/d",
        "jdbc:postgresql:d -> postgresql://localhost:5432/d",
        "jdbc:postgresql:///d -> postgresql://localhost:5432/d",
        "jdbc:postgresql://h/?user=u -> postgresql://u@h:5432/u",
        "jdbc:postgresql:?user=u -> postgresql://u@localhost:5432/u",
        "jdbc:postgresql:/?user=u -> postgresql://u@localhost:5432/u",
        "jdbc:postgresql://[::1]:5433/d -> postgresql://[::1]:5433/d",
        "jdbc:postgresql://u:p@h/d -> postgresql://u:***@h:5432/d",
        "postgres://u:p@h:5433/d -> postgresql://u:***@h:5433/d",
        "POSTGRESQL://u@h/d -> postgresql://u@h:5432/d",
        "postgresql://u@h -> postgresql://u@h:5432/u",
        "postgresql:///d -> postgresql://localhost:5432/d",
        "postgresql://h1,h2:5433/d -> postgresql://h1:5432,h2:5433/d",
        "postgresql://[2001:db8::7]/d -> postgresql://[2001:db8::7]:5432/d",
        "postgresql://[fe80::1%25eth0]/d -> postgresql://[fe80::1%25eth0]:5432/d",
        "postgresql+psycopg2://u:p@h/d -> postgresql://u:***@h:5432/d",
        "postgresql+asyncpg://h/d -> postgresql://h:5432/d",
        "postgresql://a%40b:p@h/d%2Fe%20f -> postgresql://a%40b:***@h:5432/d%2Fe%20f",
        "postgresql://%2Fvar%2Frun%2Fpg/d -> postgresql://%2Fvar%2Frun%2Fpg:5432/d",
        "postgresql:///d?host=/var/run/pg&port=5433 -> postgresql://%2Fvar%2Frun%2Fpg:5433/d",
        "postgresql://?host=a,b&port=1,2&dbname=d&user=u -> postgresql://u@a:1,b:2/d",
        "postgresql://x/d?hostaddr=10.0.0.1 -> postgresql://10.0.0.1:5432/d",
        "postgresql://h/d?sslmode=require -> postgresql://h:5432/d?sslmode=require",
      })
  void readsEveryFormOfAServersUrl(String url, String canonical) {
    assertThat(DatabaseUrl.parse(url)).hasToString(canonical);
    assertThat(DatabaseUrl.parse(url).backend()).isEqualTo(Backend.POSTGRESQL);
    assertThat(DatabaseUrl.parse(url).file()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "jdbc:sqlite:data/app.db -> data/app.db",
        "jdbc:sqlite:/srv/app.db -> /srv/app.db",
        "jdbc:sqlite:50%25.db -> 50%25.db",
        "sqlite:///data/app.db -> data/app.db",
        "sqlite:////srv/app.db -> /srv/app.db",
        "sqlite:///C:/data/app.db -> C:/data/app.db",
        "sqlite:////srv/my%20library%3F.db -> /srv/my library?.db",
        "sqlite:////srv/a+b.db -> /srv/a+b.db",
        "sqlite+pysqlite:////srv/app.db -> /srv/app.db",
        "SQLite:///app.db -> app.db",
      })
  void readsEveryFormOfAFilesUrl(String url, String path) {
    DatabaseUrl read = DatabaseUrl.parse(url);

    assertThat(read.backend()).isEqualTo(Backend.SQLITE);
    assertThat(read.file()).contains(Path.of(path));
    assertThat(read.hosts()).isEmpty();
    assertThat(read.user()).isEmpty();
    assertThat(read).isEqualTo(DatabaseUrl.sqlite(Path.of(path)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "postgres://u:a+b@h/d -> a+b",
        "postgres://u:a%2Bb@h/d -> a+b",
        "postgres://u:a%20b@h/d -> a b",
        "postgres://u:a@b@h/d -> a@b",
        "postgres://u:a:b@h/d -> a:b",
        "postgres://u:a#b@h/d -> a#b",
        "postgres://u:%40%3A%2F%23%3F%25@h/d -> @:/#?%",
        "postgres://u:%C3%BC@h/d -> ü",
        "jdbc:postgresql://h/d?user=u&password=a+b -> a+b",
        "jdbc:postgresql://h/d?user=u&password=%26%3D%25 -> &=%",
        "postgres://u:first@h/d?password=last -> last",
      })
  void decodesAPassword(String url, String password) {
    assertThat(DatabaseUrl.parse(url).password()).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:s3cret/x@h/d",
        "postgres://u:s3cret?x@h/d",
        "postgres://u:5432/s3cret@h/d",
        "postgres://u:99999/s3cret@h/d",
        "postgres://u:s3cret%zz@h/d",
        "postgres://u:s3cret%2@h/d",
        "postgres://u:s3cret%@h/d",
        "postgres://u:s3cret%00@h/d",
        "postgres://u:s3cret%FF@h/d",
        "postgres://u:s3cret@h:70000/d",
        "postgres://u:s3cret@h:0/d",
        "postgres://u:s3cret@h:-1/d",
        "postgres://u:s3cret@h:port/d",
        "postgres://u:s3cret@a:b:c/d",
        "postgres://u:s3cret@h h/d",
        "postgres://u:s3cret@h/d?nonsense=1",
        "postgres://u:s3cret@h/d?sslmode=sometimes",
        "postgres://u:s3cret@h/d?target_session_attrs=best",
        "postgres://u:s3cret@h/d?client_encoding=latin1",
        "postgres://u:s3cret@h1,h2/d?port=1,2,3",
        "postgres://u:s3cret@h/d?service=x",
        "postgres://u:s3cret@h/d?PGHOST=x",
        "mysql://u:s3cret@h/d",
        "u:s3cret@h/d",
        "s3cret",
        "",
        "jdbc:mysql://h/d?password=s3cret",
        "jdbc:postgresql://h:x/d?password=s3cret",
        "sqlite://s3cret",
        "sqlite:///",
        "sqlite:///:memory:",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:",
        "jdbc:sqlite:app.db?mode=ro",
        "sqlite:///app.db?mode=ro",
        "sqlite:///50%.db",
        "sqlite:///file:app.db",
      })
  void refusesWhatItCannotReadAndShowsNoPassword(String url) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DatabaseUrl.parse(url))
        .withNoCause()
        .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain(SECRET))
        .satisfies(thrown -> assertThat(thrown.allowed()).isNotEmpty());
  }

  @Test
  void refusesANul() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DatabaseUrl.parse("postgres://u:\0@h/d"));
  }

  @Test
  void namesTheSchemeThatItDoesNotKnow() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DatabaseUrl.parse("mysql://u:s3cret@h/d"))
        .withMessageContaining("\"mysql\"")
        .withMessageContaining("postgres://");
  }

  @ParameterizedTest
  @MethodSource("libpqParameters")
  void translatesLibpqsParameters(String given, Map<String, String> expected) {
    assertThat(DatabaseUrl.parse("postgres://h/d?" + given).parameters()).isEqualTo(expected);
  }

  static Stream<Arguments> libpqParameters() {
    return Stream.of(
        parameters(
            "sslmode=verify-full&sslrootcert=/ca.pem",
            Map.of("sslmode", "verify-full", "sslrootcert", "/ca.pem")),
        parameters("connect_timeout=7", Map.of("connectTimeout", "7")),
        parameters("application_name=my%20app", Map.of("ApplicationName", "my app")),
        parameters(
            "application_name=a&fallback_application_name=b", Map.of("ApplicationName", "a")),
        parameters(
            "fallback_application_name=b&application_name=a", Map.of("ApplicationName", "a")),
        parameters("fallback_application_name=b", Map.of("ApplicationName", "b")),
        parameters(
            "options=-c%20statement_timeout%3D5s", Map.of("options", "-c statement_timeout=5s")),
        parameters("target_session_attrs=read-write", Map.of("targetServerType", "primary")),
        parameters(
            "target_session_attrs=prefer-standby", Map.of("targetServerType", "preferSecondary")),
        parameters("keepalives=0", Map.of("tcpKeepAlive", "false")),
        parameters("load_balance_hosts=random", Map.of("loadBalanceHosts", "true")),
        parameters("channel_binding=require", Map.of("channelBinding", "require")),
        parameters("gssencmode=disable", Map.of("gssEncMode", "disable")),
        parameters("client_encoding=UTF8", Map.of()),
        parameters(
            "currentSchema=a,b&prepareThreshold=0",
            Map.of("currentSchema", "a,b", "prepareThreshold", "0")),
        parameters("", Map.of()));
  }

  private static Arguments parameters(String given, Map<String, String> expected) {
    return Arguments.of(given, expected);
  }

  @Test
  void showsNoParameterThatCouldHoldASecret() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgres://u@h/d?sslpassword=s3cret&options=-c%20app.key%3Ds3cret&sslmode=require");

    assertThat(url)
        .hasToString("postgresql://u@h:5432/d?options=***&sslmode=require&sslpassword=***");
  }

  @Test
  void changesTheDatabaseAndTheUser() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://u:s3cret@h/d?sslmode=require");

    assertThat(url.withDatabase("e/f"))
        .isEqualTo(DatabaseUrl.parse("postgres://u:s3cret@h/e%2Ff?sslmode=require"));
    assertThat(url.withUser("v", "w"))
        .isEqualTo(DatabaseUrl.parse("postgres://v:w@h/d?sslmode=require"));
    assertThatThrownBy(() -> DatabaseUrl.sqlite(Path.of("a.db")).withDatabase("b"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAnEmptyDatabaseUserOrPassword() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://h/d");

    assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> url.withDatabase(""));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> url.withDatabase("\0"));
    assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> url.withUser("", "p"));
    assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> url.withUser("u", ""));
  }

  @Test
  void isEqualOnlyWithTheSamePassword() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://u:a@h/d");

    assertThat(url).isEqualTo(DatabaseUrl.parse("jdbc:postgresql://h:5432/d?user=u&password=a"));
    assertThat(url).hasSameHashCodeAs(DatabaseUrl.parse("postgresql://u:a@h:5432/d"));
    assertThat(url).isNotEqualTo(DatabaseUrl.parse("postgres://u:b@h/d"));
  }

  @Test
  void listsItsHostsInOrder() {
    assertThat(DatabaseUrl.parse("postgres://b:2,[::1],a/d").hosts())
        .isEqualTo(
            List.of(
                new DatabaseUrl.Host("b", 2),
                new DatabaseUrl.Host("::1", 5432),
                new DatabaseUrl.Host("a", 5432)));
  }
}

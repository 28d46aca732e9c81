package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DatabaseUrlPropertyTest {

  @Property
  void readsBackWhatWasEscaped(
      @ForAll("texts") String user,
      @ForAll("texts") String password,
      @ForAll("texts") String name) {
    String rest =
        Percent.encode(user) + ":" + Percent.encode(password) + "@h/" + Percent.encode(name);
    DatabaseUrl url = DatabaseUrl.parse("postgresql://" + rest);

    assertThat(url.user()).contains(user);
    assertThat(url.password()).isEqualTo(password);
    assertThat(url.database()).isEqualTo(name);
    assertThat(url.hosts()).containsExactly(new DatabaseUrl.Host("h", 5432));
    assertThat(DatabaseUrl.parse("jdbc:postgresql://" + rest)).isEqualTo(url);
  }

  @Property
  void readsTheSameFromTheParameters(
      @ForAll("texts") String user,
      @ForAll("texts") String password,
      @ForAll("texts") String name) {
    String query = "user=" + Percent.encode(user) + "&password=" + Percent.encode(password);
    DatabaseUrl url =
        DatabaseUrl.parse("jdbc:postgresql://h/" + Percent.encode(name) + "?" + query);

    assertThat(url)
        .isEqualTo(DatabaseUrl.parse("postgres://h/x").withUser(user, password).withDatabase(name));
  }

  @Property
  void readsBackTheTextOfAUrlWithoutAPassword(
      @ForAll("texts") String user, @ForAll("texts") String name) {
    DatabaseUrl url =
        DatabaseUrl.parse("postgres://" + Percent.encode(user) + "@h/").withDatabase(name);

    assertThat(DatabaseUrl.parse(url.toString())).isEqualTo(url);
  }

  @Property
  void readsBackAUrlThatWasWrittenWhole(
      @ForAll("texts") String user,
      @ForAll("texts") String password,
      @ForAll("texts") String name) {
    DatabaseUrl plain =
        DatabaseUrl.parse("postgres://h1:5433,[::1]/x?sslmode=require&sslpassword=a%26b")
            .withDatabase(name);

    for (DatabaseUrl url : List.of(plain, plain.withUser(user, password))) {
      assertThat(DatabaseUrl.parse(url.withSecrets())).isEqualTo(url);
    }
  }

  @Property
  void neverShowsAPassword(@ForAll("texts") String noise) {
    String password = "s3cret" + noise;
    DatabaseUrl url = DatabaseUrl.parse("postgres://u:" + Percent.encode(password) + "@h/d");

    assertThat(url.toString()).isEqualTo("postgresql://u:***@h:5432/d");
  }

  @Property
  void showsNothingOfAPasswordThatIsNotEscaped(@ForAll("texts") String noise) {
    String url = "postgres://u:" + noise + "Zs3cretZ" + noise + "@h/d";
    Throwable thrown =
        catchThrowable(
            () -> assertThat(DatabaseUrl.parse(url).toString()).doesNotContain("s3cret"));

    if (thrown != null) {
      assertThat(thrown).isInstanceOf(ConfigurationException.class);
      assertThat(thrown.toString()).doesNotContain("s3cret");
    }
  }

  @Property
  void readsBackThePathOfAFile(@ForAll("texts") String name) {
    DatabaseUrl url = DatabaseUrl.sqlite(Path.of("/folder", "f" + name.replace('/', '-')));

    assertThat(DatabaseUrl.parse(url.toString())).isEqualTo(url);
  }

  @Property
  void readsBackHostsOfEveryKind(@ForAll("hosts") List<DatabaseUrl.Host> hosts) {
    String authority = hosts.stream().map(Object::toString).collect(Collectors.joining(","));
    DatabaseUrl url = DatabaseUrl.parse("postgresql://u:s3cret@" + authority + "/d");

    assertThat(url.hosts()).isEqualTo(hosts);
    assertThat(DatabaseUrl.parse(url.toString()).hosts()).isEqualTo(hosts);
    assertThat(DatabaseUrl.parse("jdbc:postgresql://" + authority + "/d?user=u&password=s3cret"))
        .isEqualTo(url);
  }

  @Property
  void readsTheSameHostsFromTheParameters(@ForAll("hosts") List<DatabaseUrl.Host> hosts) {
    Assume.that(hosts.stream().noneMatch(host -> host.name().contains(",")));
    String names =
        hosts.stream()
            .map(DatabaseUrl.Host::name)
            .map(Percent::encode)
            .collect(Collectors.joining(","));
    String ports =
        hosts.stream().map(host -> String.valueOf(host.port())).collect(Collectors.joining(","));

    assertThat(DatabaseUrl.parse("postgres:///d?host=" + names + "&port=" + ports).hosts())
        .isEqualTo(hosts);
  }

  @Property
  void readsBackParametersAndShowsOnlyThoseThatAreNoSecret(
      @ForAll("texts") String harmless, @ForAll("texts") String noise) {
    String secret = "Zs3cretZ" + noise;
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgres://h/d?application_name="
                + Percent.encode(harmless)
                + "&sslpassword="
                + Percent.encode(secret)
                + "&currentSchema="
                + Percent.encode(harmless));

    assertThat(url.parameters())
        .containsEntry("ApplicationName", harmless)
        .containsEntry("currentSchema", harmless)
        .containsEntry("sslpassword", secret);
    assertThat(url.toString()).doesNotContain("s3cret");
    assertThat(DatabaseUrl.parse(url.toString()).parameters())
        .containsEntry("ApplicationName", harmless)
        .containsEntry("currentSchema", harmless);
  }

  @Property(tries = 5000)
  void readsOrRefusesWhateverItIsGiven(@ForAll("nearlyUrls") String text) {
    DatabaseUrl url;
    try {
      url = DatabaseUrl.parse(text);
    } catch (ConfigurationException refused) {
      assertThat(refused.allowed()).isNotEmpty();
      return;
    }
    assertThat(DatabaseUrl.parse(url.toString())).hasToString(url.toString());
  }

  @Provide
  Arbitrary<String> nearlyUrls() {
    Arbitrary<String> beginnings =
        Arbitraries.of(
            "",
            "postgres://",
            "postgresql:",
            "postgresql+x://",
            "jdbc:postgresql:",
            "jdbc:postgresql://",
            "sqlite:///",
            "sqlite://",
            "jdbc:sqlite:",
            "SQLITE+y:////");
    Arbitrary<String> parts =
        Arbitraries.of(
            "u",
            "p:w",
            "@",
            ":",
            "/",
            "//",
            "[",
            "]",
            "::1",
            "[::1]",
            "fe80::1%25eth0",
            ",",
            "?",
            "=",
            "&",
            "%",
            "%41",
            "%2F",
            "%00",
            "%ff",
            "5432",
            "99999999999999999999",
            "-1",
            "é",
            "host",
            "port",
            "hostaddr",
            "user",
            "password",
            "dbname",
            "connect_timeout=1",
            "\0",
            "\n",
            " ",
            "+",
            "#",
            "..",
            "~",
            "C:\\x",
            "127.0.0.1",
            "%2Fvar%2Frun");
    Arbitrary<String> rests = parts.list().ofMaxSize(10).map(list -> String.join("", list));
    return Combinators.combine(beginnings, rests).as((beginning, rest) -> beginning + rest);
  }

  @Provide
  Arbitrary<List<DatabaseUrl.Host>> hosts() {
    Arbitrary<String> names =
        Arbitraries.strings().withChars("abcXYZ0189-_.üé日").ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> addresses =
        Arbitraries.of("127.0.0.1", "::1", "2001:db8::7", "fe80::1%eth0", "::ffff:10.0.0.1");
    Arbitrary<String> sockets =
        Arbitraries.strings()
            .withChars("ab/:@?#%,[]&= .-ü")
            .ofMinLength(1)
            .ofMaxLength(12)
            .map(path -> "/" + path);
    return Combinators.combine(
            Arbitraries.oneOf(names, addresses, sockets), Arbitraries.integers().between(1, 65_535))
        .as(DatabaseUrl.Host::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> hostile =
        Arbitraries.strings().withChars("@:/?#%+&= '\"\\[]ü€日.~!;,").ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\u0001', '\ud7ff')
            .withCharRange('\ue000', '\ufffd')
            .ofMinLength(1)
            .ofMaxLength(20);
    return Arbitraries.oneOf(hostile, any);
  }
}

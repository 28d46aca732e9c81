package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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

package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Artist",
        "select",
        "a b",
        "a\"b",
        "İıIi",
        "😀",
        "line\nbreak",
        "_",
        "oid",
        "XMIN"
      })
  void keepsWhatPostgresCanKeep(String name) {
    assertThat(PostgresNames.ofObjects().take(name, "1")).isEqualTo(name);
    assertThat(PostgresNames.ofColumns().take(name, "1")).isEqualTo(name);
  }

  @Test
  void keepsANameOf63Bytes() {
    String longest = "é".repeat(31) + "x";

    assertThat(PostgresNames.ofObjects().take(longest, "1")).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "😀"})
  void cutsALongNameBetweenCharacters(String character) {
    for (int before = 0; before < 4; before++) {
      String name = PostgresNames.ofObjects().take("a".repeat(before) + character.repeat(64), "1");

      assertThat(bytes(name)).isBetween(60, 63);
      assertThat(name).matches("a*(" + character + ")+_[0-9a-f]{8}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
  void givesNoColumnTheNameOfASystemColumn(String name) {
    assertThat(PostgresNames.ofColumns().take(name, "1")).matches(name + "_[0-9a-f]{8}");
    assertThat(PostgresNames.ofObjects().take(name, "1")).isEqualTo(name);
  }

  @Test
  void givesAnEmptyNameAName() {
    PostgresNames names = PostgresNames.ofObjects();

    assertThat(names.take("", "1")).isEqualTo("unnamed");
    assertThat(names.take("", "2")).isNotEmpty().isNotEqualTo("unnamed");
    assertThat(names.take("unnamed", "3")).isNotEqualTo("unnamed");
  }

  @Test
  void tellsNamesApartThatAreEqualInTheirFirst63Bytes() {
    PostgresNames names = PostgresNames.ofObjects();
    String prefix = "p".repeat(70);

    assertThat(names.take(prefix + "1", "1")).isNotEqualTo(names.take(prefix + "2", "2"));
  }

  @Test
  void givesANameThatIsTakenASuffixEvenWhereThatIsTaken() {
    PostgresNames names = PostgresNames.ofObjects();
    names.take("a", "first");
    String second = PostgresNames.ofObjects().take("a".repeat(80), "x").substring(54);
    PostgresNames other = PostgresNames.ofObjects();
    other.take("a", "first");
    other.take("a" + second, "in the way");

    assertThat(names.take("a", "x")).isEqualTo("a" + second);
    assertThat(other.take("a", "x")).startsWith("a_").isNotEqualTo("a" + second);
  }

  @Test
  void isTheSameInEveryRunAndInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (Locale locale :
          List.of(Locale.ROOT, Locale.forLanguageTag("tr"), Locale.forLanguageTag("az"))) {
        Locale.setDefault(locale);
        PostgresNames names = PostgresNames.ofObjects();

        assertThat(names.take("INDIGO", "1")).isEqualTo("INDIGO");
        assertThat(names.take("INDIGO", "2")).isEqualTo("INDIGO_d4735e3a");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Property
  void neverGivesTwoThingsOneNameNorOneThatPostgresWouldCut(@ForAll("wanted") List<String> wanted) {
    PostgresNames names = PostgresNames.ofColumns();
    Set<String> given = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      String name = names.take(wanted.get(i), "n" + i);
      assertThat(given.add(name)).as(name).isTrue();
      assertThat(bytes(name)).isBetween(1, 63);
      assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(name);
    }
  }

  @Property
  void dependsOnNothingButWhatItWasGiven(@ForAll("wanted") List<String> wanted) {
    PostgresNames one = PostgresNames.ofObjects();
    PostgresNames other = PostgresNames.ofObjects();
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(one.take(wanted.get(i), "n" + i)).isEqualTo(other.take(wanted.get(i), "n" + i));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Provide
  Arbitrary<List<String>> wanted() {
    Arbitrary<String> few =
        Arbitraries.of(
            "", "a", "b", "xmin", "unnamed", "a".repeat(63), "a".repeat(64), "é".repeat(40));
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(1, 0x10FFFF)
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .map(Character::toString)
            .list()
            .ofMaxSize(40)
            .map(c -> String.join("", c));
    return Arbitraries.oneOf(few, any).list().ofMaxSize(30);
  }
}

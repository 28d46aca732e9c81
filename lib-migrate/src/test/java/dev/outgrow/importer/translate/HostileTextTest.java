package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {
  private static final int MANY = 20_000;

  @Property(tries = 3000)
  void neverFailsOverAnyRowOfTokens(@ForAll("scraps") List<String> scraps) {
    String text = String.join(" ", scraps);
    assertThatCode(() -> translateEveryWay(text)).as(text).doesNotThrowAnyException();
  }

  @Property(tries = 1000)
  void neverFailsOverAnyCharacters(@ForAll String text) {
    assertThatCode(() -> translateEveryWay(text)).doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<List<String>> scraps() {
    return Arbitraries.of(
            "i",
            "t",
            "v",
            "(",
            ")",
            ",",
            ".",
            "*",
            "+",
            "-",
            "~",
            "||",
            "->",
            "=",
            "IS",
            "NOT",
            "NULL",
            "IN",
            "BETWEEN",
            "AND",
            "OR",
            "LIKE",
            "GLOB",
            "ESCAPE",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "CAST",
            "AS",
            "COLLATE",
            "NOCASE",
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "BY",
            "ORDER",
            "LIMIT",
            "UNION",
            "JOIN",
            "ON",
            "USING",
            "WITH",
            "EXISTS",
            "FILTER",
            "OVER",
            "PARTITION",
            "DISTINCT",
            "count",
            "sum",
            "printf",
            "strftime",
            "date",
            "substr",
            "'now'",
            "'%Y'",
            "'+1 day'",
            "'unixepoch'",
            "1",
            "-9223372036854775808",
            "1e999",
            "0x",
            "x'0'",
            "x'00'",
            "'",
            "\"",
            "\"a\"",
            "[b]",
            "`",
            "?1",
            ":a",
            ";",
            "--",
            "/*",
            "\0",
            "'\0'",
            "\uD800",
            "'\uD800'")
        .list()
        .ofMaxSize(14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "NOT ",
        "- ",
        "~",
        "+ ",
        "i + ",
        "i || ",
        "i = ",
        "i AND ",
        "abs(",
        "CASE WHEN ",
        "(i, ",
        "(SELECT ",
        "i IN (",
        "CAST(",
        "i BETWEEN ",
        "i IS ",
        "min(i, ",
        "'x' LIKE ",
        "EXISTS (SELECT "
      })
  void refusesWhatIsNestedTooDeeply(String opening) {
    assertThat(Translator.check(opening.repeat(MANY) + "1", BothSides.TABLE))
        .isInstanceOf(Translation.Untranslatable.class);
  }

  @Test
  void refusesATranslationThatWouldGrowWithoutEnd() {
    String nested = "max(i, ".repeat(60) + "1" + ")".repeat(60);
    assertThat(Translator.check(nested, BothSides.TABLE))
        .isInstanceOf(Translation.Untranslatable.class);
  }

  @Test
  void refusesALongChainButNotALongList() {
    String chain = "i = 1" + " OR i = 1".repeat(MANY);
    assertThat(Translator.check(chain, BothSides.TABLE))
        .isInstanceOf(Translation.Untranslatable.class);
    String list = "i IN (1" + ", 2".repeat(500) + ")";
    assertThat(Translator.check(list, BothSides.TABLE)).isInstanceOf(Translation.Sql.class);
  }

  private static void translateEveryWay(String text) {
    Translator.defaultExpression(text, "text");
    Translator.check(text, BothSides.TABLE);
    Translator.predicate(text, BothSides.TABLE);
    Translator.generated(text, BothSides.TABLE, "bigint");
    Translator.indexExpression(text, BothSides.TABLE);
    Translator.view(text, List.of(BothSides.TABLE));
    Translator.view("CREATE VIEW x AS SELECT " + text, List.of(BothSides.TABLE));
    Translator.view("CREATE VIEW x AS SELECT " + text + " FROM v", List.of(BothSides.TABLE));
  }
}

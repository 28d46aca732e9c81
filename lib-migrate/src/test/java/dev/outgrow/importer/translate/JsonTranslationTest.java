package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of JSON is answered alike, or is an error in PostgreSQL, or is not translated. */
class JsonTranslationTest {
  private static final List<String> ASKED =
      List.of(
          "json(x)",
          "x -> 'a'",
          "x -> 0",
          "(x ->> '$') || ''",
          "(x ->> 'a') || ''",
          "(x ->> 1) || ''",
          "typeof(x ->> 'a')",
          "json_type(x)",
          "json_type(x, '$.a')",
          "json_array_length(x, '$.b')",
          "json_extract(x, '$.a', '$[0]', '$.b[#-1].a')",
          "CAST(x ->> 'a' AS INTEGER)",
          "(x ->> 'b') = 'a'",
          "(x ->> 'a') < 7");

  @SuppressWarnings("NullAway.Init")
  private static BothSides sides;

  @BeforeAll
  static void start() throws SQLException {
    sides = BothSides.start();
  }

  @AfterAll
  static void stop() throws SQLException {
    sides.close();
  }

  private static String translated(String expression) throws RefusedException {
    Typed typed =
        new ExpressionTranslator(Names.none()).translate(ExpressionParser.parse(expression));
    return typed.sql();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static List<String> postgres(String expression) throws SQLException, RefusedException {
    return sides.postgres("SELECT 1, " + translated(expression), false);
  }

  private static List<String> sqlite(String expression) throws SQLException {
    return sides.sqlite("SELECT 1, " + expression, false);
  }

  @Test
  void randomJsonIsReadAlike() throws Exception {
    boolean exhaustive = Boolean.getBoolean("outgrow.exhaustive");
    long seed = Long.getLong("outgrow.seed", exhaustive ? System.nanoTime() : 40);
    Random random = new Random(seed);
    for (int i = 0; i < (exhaustive ? 3000 : 60); i++) {
      String json = json(random, 3);
      for (String asked : ASKED) {
        String expression = asked.replaceAll("\\bx\\b(?!')", quotedForReplacement(json));
        assertThat(postgres(expression))
            .as("seed %s: %s", seed, expression)
            .isEqualTo(sqlite(expression));
      }
    }
  }

  private static String quotedForReplacement(String json) {
    return java.util.regex.Matcher.quoteReplacement(quoted(json));
  }

  /** Makes JSON with blanks anywhere, escapes, and names that are each there once. */
  private static String json(Random random, int depth) {
    String blank = List.of("", "", " ", "\n\t ").get(random.nextInt(4));
    List<String> scalars =
        List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "17",
            "-3",
            "9223372036854775807",
            "2.50",
            "-0.125",
            "1e3",
            "12345678901.25",
            "0.0",
            "\"\"",
            "\"a\"",
            "\"7x\"",
            "\" \\\"\\u00e9\\n, \"",
            "\"[ 1, 2 ]\"",
            "\"\\\\\"",
            "\"\\ud83d\\ude00\\/\"");
    int kind = random.nextInt(depth > 0 ? 4 : 1);
    if (kind < 2) {
      return blank + scalars.get(random.nextInt(scalars.size())) + blank;
    }
    List<String> parts = new ArrayList<>();
    List<String> names = List.of("a", "b", "A", "", "a b", "\\u0063");
    int from = random.nextInt(3);
    for (int i = from; i < from + random.nextInt(4); i++) {
      String name = kind == 2 ? "" : blank + '"' + names.get(i) + '"' + blank + ":";
      parts.add(name + json(random, depth - 1));
    }
    String inner = String.join(",", parts);
    return blank + (kind == 2 ? "[" + inner + blank + "]" : "{" + blank + inner + "}") + blank;
  }

  /**
   * SQLite takes the first of two equal names, PostgreSQL the last; an error is no wrong answer.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{a:1}",
        "{\"a\":1,}",
        "{'a':1}",
        "[0x10]",
        "[.5]",
        "[NaN]",
        "{\"a\":1} //",
        "{\"a\":1",
        "",
      })
  void whatIsNotPlainJsonIsAnErrorAndNoOtherAnswer(String json) {
    assertThatThrownBy(() -> postgres(quoted(json) + " -> 'a'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("json");
    assertThatThrownBy(() -> postgres("json(" + quoted(json) + ")"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void validJsonIsTheSameToBoth() throws Exception {
    for (String text :
        List.of(
            "",
            " ",
            "1",
            " 1 ",
            "01",
            "-",
            "-0",
            "1.",
            ".5",
            "1e5",
            "1e",
            "+1",
            "nul",
            "null ",
            "NaN",
            "Infinity",
            "\"",
            "\"a\"",
            "\"a\tb\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\x41\"",
            "\"\\'\"",
            "'a'",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1,\"a\":2}",
            "{\"a\"}",
            "{1:1}",
            "{a:1}",
            "1 2",
            "\uFEFF1",
            "\"\u007f\u2028\"",
            "\u00a01",
            "/**/1",
            "[[[[]]]]",
            "{\"\":{}}")) {
      String expression = "json_valid(" + quoted(text) + ")";
      assertThat(postgres(expression)).as(expression).isEqualTo(sqlite(expression));
    }
  }

  @Test
  void textsOfRealNumbersInJsonAreThoseOfSqliteOrAnError() throws Exception {
    Random random = new Random(41);
    for (int i = 0; i < 300; i++) {
      String number =
          (random.nextBoolean() ? "-" : "")
              + random.nextInt(1 + random.nextInt(1_000_000))
              + (random.nextBoolean() ? "." + random.nextInt(10_000) : "")
              + List.of("", "", "e2", "E-3", "e+05", "e17").get(random.nextInt(6));
      String expression = "('[" + number + "]' ->> 0) || ''";
      try {
        assertThat(postgres(expression)).as(expression).isEqualTo(sqlite(expression));
      } catch (SQLException e) {
        assertThat(e.getMessage()).as(expression).contains("for type bigint");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json_set(js, '$.a', 1)",
        "json_insert(js, '$.a', 1)",
        "json_replace(js, '$.a', 1)",
        "json_remove(js, '$.a')",
        "json_patch(js, '{}')",
        "jsonb(js)",
        "json_pretty(js)",
        "json_valid(js, 2)",
        "json_extract(js, u)",
        "json_extract(js, 'a')",
        "json_extract(js, '$.a[')",
        "json_extract(js, '$.')",
        "json_extract(js, '$[#]')",
        "js -> t",
        "js ->> 'a' = t",
        "js ->> 'a' > r",
        "js ->> 'a' = js ->> 'b'",
        "(js ->> 'a') + 1",
        "js ->> 'a' = 9223372036854775807",
        "(js ->> 'a') = 'x' COLLATE NOCASE",
        "json_array(r)",
        "json_array(b)",
        "json_array(js ->> 'a')",
        "json_array(t || u)",
        "json_array(CAST(json(js) AS TEXT))",
        "json_object(t, 1)",
        "json_object('a')",
        "json_array_length(r)",
        "json_type(b)"
      })
  void whatHasNoFaithfulTranslationIsRefused(String expression) {
    assertThat(Translator.check(expression, BothSides.TABLE))
        .isInstanceOf(Translation.Untranslatable.class);
  }

  @Test
  void queriesThatTakeJsonApartAreRefused() {
    for (String select :
        List.of(
            "SELECT js ->> 'a' AS a FROM v",
            "SELECT count(*) FROM v GROUP BY js ->> 'a'",
            "SELECT id FROM v ORDER BY js ->> 'a'",
            "SELECT count(DISTINCT js ->> 'a') FROM v",
            "SELECT max(js ->> 'a') FROM v",
            "SELECT value FROM v, json_each(v.js)",
            "SELECT key FROM json_tree('[1]')")) {
      assertThat(Translator.view("CREATE VIEW w AS " + select, List.of(BothSides.TABLE)))
          .as(select)
          .isInstanceOf(Translation.Untranslatable.class);
    }
  }
}

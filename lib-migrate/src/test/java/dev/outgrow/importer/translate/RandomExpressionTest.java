package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Makes expressions at random: what is translated has the same value on both sides. */
class RandomExpressionTest {
  private static final int DEEPEST = 4;
  private static final List<String> COLUMNS =
      List.of(
          "i",
          "j",
          "r",
          "t",
          "u",
          "n",
          "b",
          "f",
          "0",
          "1",
          "-2",
          "7",
          "2.5",
          "''",
          "'a'",
          "'10'",
          "'ABC'",
          "NULL",
          "x'61'",
          "TRUE",
          "9007199254740993");

  /** Forms of expressions; a {@code #} stands for another one. */
  private static final List<String> FORMS =
      List.of(
          "(# + #)",
          "(# - #)",
          "(# * #)",
          "(# / #)",
          "(# % #)",
          "(# || #)",
          "(# & #)",
          "(# | #)",
          "(# << 2)",
          "(- #)",
          "(+ #)",
          "(~ #)",
          "(NOT #)",
          "(# = #)",
          "(# <> #)",
          "(# < #)",
          "(# <= #)",
          "(# > #)",
          "(# >= #)",
          "(# IS #)",
          "(# IS NOT #)",
          "(# AND #)",
          "(# OR #)",
          "(# IN (#, #, #))",
          "(# NOT IN (#, #))",
          "(# BETWEEN # AND #)",
          "(# LIKE #)",
          "(# LIKE 'a%')",
          "(# GLOB '[a-c]*')",
          "(# IS NULL)",
          "(# COLLATE NOCASE)",
          "CASE WHEN # THEN # ELSE # END",
          "CASE # WHEN # THEN # WHEN # THEN # END",
          "abs(#)",
          "coalesce(#, #)",
          "ifnull(#, #)",
          "nullif(#, #)",
          "iif(#, #, #)",
          "min(#, #)",
          "max(#, #)",
          "length(#)",
          "lower(#)",
          "upper(#)",
          "trim(#)",
          "substr(#, #, #)",
          "substr(#, #)",
          "instr(#, #)",
          "replace(#, #, #)",
          "typeof(#)",
          "round(#)",
          "sign(#)",
          "hex(#)",
          "quote(#)",
          "unicode(#)",
          "concat(#, #)",
          "printf('%d:%s', #, #)",
          "CAST(# AS INTEGER)",
          "CAST(# AS TEXT)",
          "CAST(# AS REAL)",
          "# = # = #",
          "# || # = #",
          "# + # * #",
          "NOT # = #",
          "# < # + #",
          "- # - #",
          "# = # COLLATE NOCASE",
          "# AND # OR NOT #",
          "# IS NOT # + #",
          "datetime(#, 'unixepoch')",
          "strftime('%Y', #, 'unixepoch')",
          "(js -> 'a')",
          "(js ->> 'a')",
          "(jc ->> '$[0]')",
          "json_type(js, '$.a')",
          "json_valid(#)",
          "json_quote(#)",
          "json_array(#, #)",
          "ceil(#)",
          "sqrt(#)",
          "concat_ws(#, #, #)",
          "likely(#)");

  private static final long SEED = 20_261_121;

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

  @Test
  void whatIsTranslatedHasTheSameValue() throws SQLException {
    boolean exhaustive = Boolean.getBoolean("outgrow.exhaustive");
    int wanted = exhaustive ? 5000 : 100;
    // The same expressions in every build, other ones in every exhaustive run.
    long seed = Long.getLong("outgrow.seed", exhaustive ? System.nanoTime() : SEED);
    Random random = new Random(seed);
    int translated = 0;
    int compared = 0;
    for (int made = 0; translated < wanted; made++) {
      assertThat(made).as("expressions made").isLessThan(wanted * 200);
      String expression = expression(random, 1 + random.nextInt(DEEPEST));
      Typed typed;
      try {
        typed =
            new ExpressionTranslator(Names.of(BothSides.TABLE))
                .translate(ExpressionParser.parse(expression));
      } catch (RefusedException e) {
        continue;
      }
      translated++;
      try {
        compared += sides.compare(expression, typed);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + "\n" + e.getMessage(), e);
      }
    }
    assertThat(compared).isGreaterThan(wanted * 100);
  }

  @Test
  void aColumnsCollationEndsWhereAFunctionBegins() throws Exception {
    String expression = "likely(n) = 'ABC'";
    Typed typed =
        new ExpressionTranslator(Names.of(BothSides.TABLE))
            .translate(ExpressionParser.parse(expression));

    assertThat(sides.compare(expression, typed)).isPositive();
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return COLUMNS.get(random.nextInt(COLUMNS.size()));
    }
    StringBuilder expression = new StringBuilder();
    for (char c : FORMS.get(random.nextInt(FORMS.size())).toCharArray()) {
      if (c == '#') {
        expression.append(expression(random, random.nextInt(depth)));
      } else {
        expression.append(c);
      }
    }
    return expression.toString();
  }
}

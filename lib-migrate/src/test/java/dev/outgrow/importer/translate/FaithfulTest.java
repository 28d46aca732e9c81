package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluates expressions in SQLite and their translations in PostgreSQL, on the same rows. */
class FaithfulTest {
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

  static Stream<Function> functions() {
    return FunctionTable.all().stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionAnswersTheSame(Function function) throws Exception {
    boolean changing =
        function.name().startsWith("random") || function.name().startsWith("current_");
    for (String example : function.examples()) {
      if (function.family() != Function.Family.SCALAR) {
        sides.compareView(
            function.family() == Function.Family.WINDOW
                ? "SELECT id, " + example + " AS x FROM v ORDER BY id"
                : "SELECT " + example + " AS x FROM v");
      } else if (!changing) {
        assertThat(compared(example)).isGreaterThan(100);
      }
    }
    assertThat(function.examples()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i + j",
        "i - 1",
        "j * 3",
        "i / j",
        "i % j",
        "-i",
        "+i",
        "~i",
        "i & j",
        "i | 8",
        "i << 3",
        "i >> 2",
        "j / 2",
        "j % 3",
        "r + j",
        "r - 0.5",
        "r * 2",
        "r / j",
        "-r",
        "j + f",
        "f + f",
        "t || u",
        "t || j",
        "i || ''",
        "f || t",
        "i = j",
        "i == 1",
        "i <> j",
        "i != 0",
        "i < j",
        "i <= 7",
        "i > r",
        "i >= r",
        "i < r",
        "i <= r",
        "i = r",
        "i <> r",
        "i IS r",
        "i IS NOT r",
        "r = j",
        "r > 0",
        "r < 1.5",
        "i < 2.5",
        "i = 'abc'",
        "i < 'abc'",
        "i <> ''",
        "i = '10'",
        "i > ' 7 '",
        "r = '1.5'",
        "t = 10",
        "t > 5",
        "t < u",
        "t <= u",
        "t = u",
        "t <> u",
        "t IS u",
        "t IS NOT u",
        "t > n",
        "n = t",
        "n < 'B'",
        "n IN ('ABC', 'x')",
        "t IN (n, 'a')",
        "u = t COLLATE NOCASE",
        "t COLLATE RTRIM = '  pad'",
        "t < b",
        "b = x'61'",
        "b > x'6162'",
        "b IS NULL",
        "i IS NULL",
        "t ISNULL",
        "t NOTNULL",
        "t NOT NULL",
        "i IS NOT DISTINCT FROM j",
        "i IS DISTINCT FROM 1",
        "f IS TRUE",
        "i IS TRUE",
        "j IS NOT FALSE",
        "f = 1",
        "f = 0",
        "f <> 1",
        "f IN (0, 1)",
        "f = j",
        "f > 0",
        "f = TRUE",
        "i AND j",
        "i OR f",
        "NOT j",
        "NOT i = j",
        "f AND r",
        "i > 0 AND j < 3 OR t = 'a'",
        "i BETWEEN 0 AND 10",
        "t NOT BETWEEN 'A' AND 'a'",
        "i BETWEEN j AND r",
        "j IN (1, 2, 3)",
        "i NOT IN (1, NULL)",
        "i IN ()",
        "t IN ('a', 'A', 10)",
        "i IN ('10', 7, 2.5)",
        "j NOT IN ()",
        "t LIKE 'a%'",
        "t LIKE 'A_C'",
        "t LIKE u",
        "t NOT LIKE '%Ä%'",
        "t LIKE '%!%%' ESCAPE '!'",
        "t LIKE 'b\\%'",
        "i LIKE '1%'",
        "t LIKE '%\\_' ESCAPE '\\'",
        "t GLOB 'a*'",
        "t GLOB '?b?'",
        "t GLOB '[a-cA]*'",
        "t NOT GLOB '[^0-9]*'",
        "t GLOB '*].*'",
        "t GLOB '*'",
        "t GLOB 'a?b'",
        "CASE WHEN i > 0 THEN 'p' WHEN i < 0 THEN 'n' END",
        "CASE i WHEN 1 THEN j ELSE 2 END",
        "CASE t WHEN 'a' THEN 1 WHEN u THEN 2 ELSE 0 END",
        "CASE WHEN f THEN r ELSE 1 END",
        "CASE WHEN i THEN i > j ELSE 5 END",
        "CASE n WHEN 'ABC' THEN 1 END",
        "CAST(i AS TEXT)",
        "CAST(t AS INTEGER)",
        "CAST(r AS INTEGER)",
        "CAST(i AS REAL)",
        "CAST(f AS TEXT)",
        "CAST(t AS INT) + 1",
        "CAST(i AS TEXT) = 10",
        "CAST(t AS INTEGER) = '10'",
        "CAST(j AS NUMERIC)",
        "CAST(t AS BLOB)",
        "CAST(n AS TEXT) = 'abc'",
        "1 + 2 * 3 - 4",
        "- 5 % 3",
        "2147483647 + 1",
        "5 / 2",
        "-7 / 2",
        "1 << 62",
        "1 = 1 = 1",
        "i = 1 IS NULL",
        "NOT i IS NULL",
        "j < 2 = 1",
        "- j || 'x'",
        "\"nosuch\"",
        "t = \"nosuch\"",
        "[t] || `u`",
        "v.i + v.j",
        "x'00ff'",
        "NULL",
        "0x1F",
        "1e3",
        "TRUE + 1",
        "-9223372036854775808",
        "9223372036854775807",
        "i > 9223372036854775807",
        "~ - j",
        "i + 0.0 = r",
        "j + NULL",
        "NULL = NULL",
        "NULL IS NULL",
        "t IS NULL AND i IS NOT NULL",
        "i & 1 = 1",
        "i % 2 == 0",
        "length(t) > 2 AND substr(t, 1, 1) = 'a'",
        "lower(t) = lower(u)",
        "t GLOB '[0-9][0-9]*'",
        "length(t || u)",
        "length(trim(t)) > 0",
        "js -> 'a'",
        "js -> '$.b.c'",
        "js -> 1",
        "js -> -1",
        "js -> '[0]'",
        "js -> 'a' -> 1 -> 'k'",
        "jc -> 'a'",
        "js ->> 'a' || '!'",
        "(js ->> 'a') = 'x'",
        "'x' < (js ->> 'a')",
        "(js ->> 'a') <= 1",
        "1.5 > (js ->> 'a')",
        "(js ->> 'a') <> 100",
        "(js ->> 'a') IS 1",
        "(js ->> 'a') IS NOT 'x'",
        "(js ->> 'a') IS NULL",
        "(js ->> 'a') IS NOT NULL AND i > 0",
        "(js ->> '[0]') = TRUE",
        "(js ->> 'a') IN ('', 0, 'x', 2)",
        "(js ->> 'a') NOT IN (0.1, NULL)",
        "(js ->> 'a') = '[1,{\"k\":2,\"\":[]}]'",
        "CASE js ->> 'a' WHEN 1 THEN 'one' WHEN 'x' THEN 'ex' ELSE '?' END",
        "CAST(js ->> 'a' AS TEXT)",
        "CAST(jc ->> '$.a' AS INTEGER) + 1",
        "CAST(CASE WHEN f THEN js ->> 'a' ELSE t END AS TEXT)",
        "CAST(coalesce(js ->> 'a', js ->> '[0]', i) AS TEXT)",
        "typeof(coalesce(js ->> 'a', u))",
        "lower(js ->> 'a')",
        "json_array(js -> 'a', json_array(json_quote(u)))",
        "json_extract(json_extract(js, '$', '$.a'), '$[1]') = 1",
        "json_valid(jc)",
        "json_type(jc, '$.a')",
        "json_array_length(jc, '$[0]')",
        "+t = 10",
        "+t = 'a'"
      })
  void everyOperatorAnswersTheSame(String expression) throws Exception {
    assertThat(compared(expression)).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, i, t FROM v WHERE j > 0 ORDER BY t, id",
        "SELECT * FROM v ORDER BY id LIMIT 5 OFFSET 2",
        "SELECT id AS k, i > j AS more FROM v AS a ORDER BY k DESC LIMIT 10",
        "SELECT t, count(*) AS c, sum(j) s FROM v WHERE t IS NOT NULL GROUP BY t ORDER BY t",
        "SELECT j, max(i) m FROM v GROUP BY j HAVING count(*) > 3 ORDER BY 1 DESC",
        "SELECT length(t) AS l, count(*) FROM v GROUP BY l ORDER BY l",
        "SELECT a.id, b.id AS other FROM v a JOIN v b ON a.id = b.id + 1 ORDER BY a.id",
        "SELECT a.id, b.t FROM v a LEFT JOIN v b ON a.j = b.id AND b.i > 0 ORDER BY a.id",
        "SELECT a.id FROM v a, v b WHERE a.id = b.id AND a.j = 1 ORDER BY 1",
        "SELECT id, a.t FROM v a JOIN v b USING (id) ORDER BY id",
        "SELECT DISTINCT t FROM v ORDER BY t",
        "SELECT j FROM v UNION SELECT id FROM v WHERE id < 3 ORDER BY 1",
        "SELECT t AS x FROM v WHERE j = 1 UNION ALL SELECT u FROM v WHERE j = 2 ORDER BY x",
        "SELECT j FROM v INTERSECT SELECT 1 UNION SELECT 2 EXCEPT SELECT 2 ORDER BY 1",
        "WITH s AS (SELECT j, count(*) AS c FROM v GROUP BY j) SELECT c, j FROM s ORDER BY c, j",
        "WITH s(a, b) AS (SELECT id, t FROM v) SELECT b, a FROM s WHERE a < 5 ORDER BY a",
        "SELECT s.m FROM (SELECT max(id) AS m FROM v) AS s",
        "SELECT id FROM v WHERE id IN (SELECT j FROM v WHERE j > 1) ORDER BY id",
        "SELECT id, (SELECT count(*) FROM v w WHERE w.j = v.j) AS n FROM v ORDER BY id",
        "SELECT id FROM v WHERE EXISTS (SELECT 1 FROM v w WHERE w.id = v.j) ORDER BY id",
        "SELECT id, row_number() OVER (PARTITION BY j ORDER BY i DESC, id) AS p FROM v ORDER BY id",
        "SELECT id, sum(j) OVER (ORDER BY id) AS running FROM v ORDER BY id",
        "SELECT strftime('%Y-%m', i, 'unixepoch') AS month, count(*) AS n FROM v"
            + " GROUP BY month ORDER BY month",
        "SELECT count(*) FILTER (WHERE f) AS yes, count(DISTINCT t), avg(j), total(j) FROM v",
        "SELECT i FROM v ORDER BY i DESC, id",
        "SELECT id, n FROM v ORDER BY n COLLATE NOCASE, id",
        "SELECT id FROM v ORDER BY t IS NULL, u, id",
        "SELECT id, js -> 'a' AS a, CAST(js ->> 'a' AS TEXT) AS b FROM v WHERE jc ->> 'a' > 1",
        "SELECT json_group_array(json_object('id', id, 't', t)) AS all_of_it FROM v",
        "SELECT 1 AS one, 'x', NULL AS none"
      })
  void everyKindOfViewAnswersTheSame(String select) throws SQLException {
    sides.compareView(select);
  }

  @Test
  void namesWhatIsWrongAndWhere() {
    List<String> reasons = new ArrayList<>();
    for (String text :
        List.of("i + t", "t REGEXP 'a'", "nosuch(i)", "i = t", "round(r, 2)", "r || ''", "i +")) {
      Translation.Untranslatable refused =
          (Translation.Untranslatable) Translator.check(text, BothSides.TABLE);
      reasons.add(refused.reason() + " (" + refused.offset() + ")");
    }
    assertThat(reasons)
        .containsExactly(
            "an integer is needed here and nothing else (2)",
            "REGEXP, which the application itself gives its meaning (2)",
            "the function nosuch (0)",
            "a number compared with a text (2)",
            "the function round with 2 arguments (0)",
            "the text of something else than an integer (2)",
            "more expected but the text ends (3)");
  }

  private static int compared(String expression) throws SQLException, RefusedException {
    Typed typed =
        new ExpressionTranslator(Names.of(BothSides.TABLE))
            .translate(ExpressionParser.parse(expression));
    return sides.compare(expression, typed);
  }
}

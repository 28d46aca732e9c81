package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.schema.Identifier;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatorTest {
  private static final Scope TABLE = BothSides.TABLE;

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CURRENT_TIMESTAMP|text|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d",
        "CURRENT_DATE|text|\\d{4}-\\d\\d-\\d\\d",
        "CURRENT_TIME|text|\\d\\d:\\d\\d:\\d\\d",
        "datetime('now')|timestamptz|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d.*",
        "CURRENT_TIMESTAMP|timestamp|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d",
        "datetime('now')|timestamp without time zone|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d",
        "CURRENT_TIMESTAMP|character varying(30)|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d",
        "CURRENT_TIMESTAMP|timestamp without time zone|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d",
        "CURRENT_DATE|timestamp without time zone|\\d{4}-\\d\\d-\\d\\d 00:00:00",
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')|timestamp with time zone|\\d{4}-\\d\\d-\\d\\d .*",
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')|timestamp without time zone|\\d{4}-\\d\\d-\\d\\d .*",
        "strftime('%Y-%m-%d %H:%M:%f', 'now')|timestamp without time zone|\\d{4}-\\d\\d-\\d\\d .*",
        "strftime('%Y-%m-%dT%H:%M:%fZ', CURRENT_TIMESTAMP)|text|\\d{4}-\\d\\d-\\d\\dT.*\\.000Z",
        "date('now')|date|\\d{4}-\\d\\d-\\d\\d",
        "strftime('%s','now')|bigint|\\d{10}",
        "(strftime('%s', 'now'))|integer|\\d{10}",
        "(unixepoch())|bigint|\\d{10}",
        "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')|text|\\d{4}-\\d\\d-\\d\\dT.*Z",
        "lower(hex(randomblob(16)))|text|[0-9a-f]{32}",
        "hex(randomblob(40))|text|[0-9A-F]{80}",
        "`lower(hex(randomblob(4))) || '-' || hex(randomblob(2))`|text|[0-9a-f]{8}-[0-9A-F]{4}",
        "random()|bigint|-?\\d+",
        "abs(random() % 100)|bigint|\\d{1,2}",
        "1|boolean|t",
        "(1 + 2)|bigint|3",
        "(1 = 1)|boolean|t",
        "'it''s'|text|it's",
        "word|text|word",
        "\"word\"|text|word",
        "(60 * 60)|double precision|3600",
        "2.5|numeric|2.5",
        "x'00ff'|bytea|\\\\x00ff"
      })
  void writesDefaultsThatPostgresqlTakes(String text, String type, String pattern)
      throws SQLException {
    String name = "d" + Integer.toUnsignedString((text + type).hashCode());
    Translation.Sql sql = (Translation.Sql) Translator.defaultExpression(text, type);
    server.execute(
        "CREATE TABLE " + name + " (a int, b " + type + " DEFAULT " + sql.text() + ")",
        "INSERT INTO " + name + " (a) VALUES (1)");
    assertThat(server.column("SELECT b FROM " + name).get(0)).matches(pattern);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "i + 1|bigint",
        "datetime('now', 'localtime')|text",
        "CURRENT_TIMESTAMP|bigint",
        "'abc'|bigint",
        "2|boolean",
        "datetime('now')|date",
        "(SELECT 1)|bigint",
        "count(*)|bigint",
        "?1|text",
        "random() BETWEEN 1 AND 2|boolean",
        "randomblob(1000)|bytea",
        "'x'|uuid"
      })
  void refusesDefaultsItCannotKeep(String text, String type) {
    assertThat(Translator.defaultExpression(text, type))
        .isInstanceOf(Translation.Untranslatable.class);
  }

  @Test
  void writesChecksGeneratedColumnsAndIndexesThatPostgresqlTakes() throws SQLException {
    server.execute(
        "CREATE TABLE c (id bigint, i bigint, j integer, r double precision, t text, \"U\" text,"
            + " n text, b bytea, f boolean CHECK ("
            + sql(Translator.check("f IN (0, 1) AND length(t) < 10 OR t GLOB '[a-z]*'", TABLE))
            + "), g1 bigint GENERATED ALWAYS AS ("
            + sql(Translator.generated("i * 2 + length(t)", TABLE, "bigint"))
            + ") STORED, g2 text GENERATED ALWAYS AS ("
            + sql(Translator.generated("datetime(i, 'unixepoch', '+1 days')", TABLE, "text"))
            + ") STORED, g3 bigint GENERATED ALWAYS AS ("
            + sql(Translator.generated("strftime('%Y', i, 'unixepoch')", TABLE, "bigint"))
            + ") STORED)",
        "CREATE UNIQUE INDEX c1 ON c ((" + sql(Translator.indexExpression("n", TABLE)) + "))",
        "CREATE INDEX c2 ON c (("
            + sql(Translator.indexExpression("date(i, 'unixepoch')", TABLE))
            + ")) WHERE "
            + sql(Translator.predicate("i > 0 AND t NOT LIKE 'a%'", TABLE)),
        "INSERT INTO c (i, t, n, f) VALUES (1709164800, 'ab', 'X', true)");
    assertThat(server.column("SELECT g1 || ' ' || g2 || ' ' || g3 FROM c"))
        .containsExactly("3418329602 2024-03-01 00:00:00 2024");
    assertThat(server.column("SELECT count(*) FROM c WHERE lower(n COLLATE \"C\") = 'x'"))
        .containsExactly("1");
  }

  @Test
  void refusesWhatChangesWithTimeInIndexesAndGeneratedColumns() {
    assertThat(
            List.of(
                Translator.indexExpression("date('now')", TABLE),
                Translator.predicate("i > unixepoch()", TABLE),
                Translator.generated("hex(t)", TABLE, "text"),
                Translator.generated("random()", TABLE, "bigint"),
                Translator.check("random() > 0", TABLE),
                Translator.generated("date(i, 'unixepoch')", TABLE, "date")))
        .allMatch(t -> t instanceof Translation.Untranslatable);
  }

  @Test
  void seesNothingButNullInAColumnOfUnknownValues() {
    Scope scope =
        new Scope(
            "m",
            Identifier.of("m"),
            List.of(new Scope.Column("x", "x", "text", "INTEGER", "BINARY", false)));
    assertThat(sql(Translator.check("x IS NOT NULL", scope))).isEqualTo("(\"x\" IS NOT NULL)");
    assertThat(Translator.check("x = '1'", scope)).isInstanceOf(Translation.Untranslatable.class);
    assertThat(Translator.check("length(x)", scope)).isInstanceOf(Translation.Untranslatable.class);
  }

  @Test
  void looksThroughAViewOfAView() {
    Translation.Select inner =
        (Translation.Select)
            Translator.view(
                "CREATE VIEW IF NOT EXISTS [a b](x, y) AS SELECT id, upper(t) FROM v",
                List.of(TABLE));
    Scope view = new Scope("a b", Identifier.of("s", "a b"), inner.columns());
    assertThat(
            Translator.view(
                "CREATE TEMP VIEW w AS SELECT y FROM \"A B\" WHERE x > 1", List.of(view)))
        .isEqualTo(
            new Translation.Select(
                "SELECT \"A B\".\"y\" AS \"y\" FROM \"s\".\"a b\" AS \"A B\""
                    + " WHERE (\"A B\".\"x\" > 1)",
                List.of(inner.columns().get(1))));
  }

  private static String sql(Translation translation) {
    assertThat(translation).isInstanceOf(Translation.Sql.class);
    return ((Translation.Sql) translation).text();
  }
}

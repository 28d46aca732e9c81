package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Index;
import dev.outgrow.sql.sqlite.Parsed.Unreadable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
  @Test
  void givesANameToTheConstraintThatFollowsIt() {
    TableDefinition table =
        table(
            "CREATE TABLE t(a CONSTRAINT x CONSTRAINT y CHECK (1) CHECK (2) CONSTRAINT z,"
                + " b UNIQUE, CONSTRAINT v CHECK (3) CHECK (4) CONSTRAINT w, UNIQUE (a))");
    assertThat(table.checks())
        .containsExactly(
            new Check("y", "1"), new Check(null, "2"), new Check("v", "3"), new Check(null, "4"));
    assertThat(table.uniqueKeys()).extracting(KeyDefinition::name).containsExactly(null, null);
  }

  @Test
  void letsADeferralSpeakOfTheLastForeignKeyOfTheTable() {
    TableDefinition table =
        table(
            "CREATE TABLE t(a DEFERRABLE INITIALLY DEFERRED REFERENCES p,"
                + " b REFERENCES q DEFAULT 1 DEFERRABLE, c NOT DEFERRABLE, d REFERENCES r,"
                + " e DEFERRABLE INITIALLY DEFERRED)");
    assertThat(table.foreignKeys())
        .extracting(ForeignKey::deferrability)
        .containsExactly(
            Deferrability.NOT_DEFERRABLE,
            Deferrability.NOT_DEFERRABLE,
            Deferrability.INITIALLY_DEFERRED);
  }

  @Test
  void readsAutoincrementInBothItsPlaces() {
    assertThat(table("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT)").autoincrement())
        .isTrue();
    assertThat(table("CREATE TABLE t(a INTEGER, PRIMARY KEY(a AUTOINCREMENT))").autoincrement())
        .isTrue();
  }

  @Test
  void readsTheOptionsOfATable() {
    TableDefinition table = table("CREATE TABLE t(a INT PRIMARY KEY) strict, WITHOUT rowid;");
    assertThat(table.strict()).isTrue();
    assertThat(table.withoutRowid()).isTrue();
    assertThat(table("CREATE TABLE t(a INT), STRICT").strict()).isTrue();
  }

  @Test
  void readsATextThatEndsInAnOpenComment() {
    assertThat(table("CREATE TABLE t(a) /* the end").columns()).hasSize(1);
    assertThat(table("CREATE TEMP TABLE IF NOT EXISTS main.t(a) -- the end").name()).isEqualTo("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a~a~~~false",
        "a DESC~a~~~true",
        "a COLLATE nocase ASC~a~~nocase~false",
        "((a)) COLLATE 'x' COLLATE [y] DESC~a~~y~true",
        "'a'~a~~~false",
        "('a')~a~~~false",
        "(('a') COLLATE x)~a~~x~false",
        "('a' COLLATE x) COLLATE y~~'a'~y~false",
        "((a COLLATE x)) DESC~a~~x~true",
        "(end)~end~~~false",
        "((a || b) COLLATE x)~~a || b~x~false",
        "\"a b\"~a b~~~false",
        "desc~desc~~~false",
        "desc desc~desc~~~true",
        "a || desc~~a || desc~~false",
        "NOT desc~~NOT desc~~false",
        "lower(a, (b)) DESC~~lower(a, (b))~~true",
        "lower(a) COLLATE x~~lower(a)~x~false",
        "a || b COLLATE x~~a || b COLLATE x~~false",
        "(a || b) COLLATE x DESC~~a || b~x~true",
        "CASE a WHEN ')' THEN (1) END COLLATE x~~CASE a WHEN ')' THEN (1) END~x~false",
        "a COLLATE desc~a~~desc~false",
        "- (a) COLLATE x~~- (a) COLLATE x~~false",
        "current_date~~current_date~~false",
        "a IS NULL DESC~~a IS NULL~~true",
        "1~~1~~false",
      })
  void readsThePartsOfAnIndex(
      String sql,
      @Nullable String column,
      @Nullable String expression,
      @Nullable String collation,
      boolean descending) {
    IndexDefinition index = index("CREATE INDEX i ON t(" + sql + ", other)");
    assertThat(index.index().parts())
        .containsExactly(
            new Index.Part(column, expression, descending, collation),
            new Index.Part("other", null, false, null));
  }

  @Test
  void readsThePredicateOfAnIndex() {
    IndexDefinition index =
        index("CREATE UNIQUE INDEX IF NOT EXISTS main.\"i\" ON [t] (a) WHERE a > ')' /* ; */ ;");
    assertThat(index.name()).isEqualTo("i");
    assertThat(index.table()).isEqualTo("t");
    assertThat(index.index().unique()).isTrue();
    assertThat(index.index().predicate()).isEqualTo("a > ')'");
  }

  @Test
  void readsTheModuleOfAVirtualTable() {
    String sql = "CREATE VIRTUAL TABLE 'my docs' USING fts5 ( a, tokenize = \"x ')'\" )";
    assertThat(Definition.parse(sql).value())
        .contains(new VirtualTableDefinition("my docs", "fts5", "a, tokenize = \"x ')'\"", sql));
    assertThat(VirtualTableDefinition.parse("CREATE VIRTUAL TABLE v USING m").value())
        .map(VirtualTableDefinition::arguments)
        .contains("");
  }

  @Test
  void readsTheNamesOfViewsAndTriggers() {
    String view = "CREATE VIEW \"a\"\"b\"(x) AS SELECT 1";
    String trigger = "CREATE TRIGGER r INSTEAD OF UPDATE OF x ON v BEGIN SELECT 1; END";
    assertThat(Definition.parse(view).value()).contains(new ViewDefinition("a\"b", view));
    assertThat(Definition.parse(trigger).value()).contains(new TriggerDefinition("r", trigger));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "CREATE TABLE t~14",
        "CREATE TABLE t AS SELECT 1~15",
        "CREATE TABLE t()~15",
        "CREATE TABLE t(a~16",
        "CREATE TABLE t(a,)~17",
        "CREATE TABLE t(a INT(x))~21",
        "CREATE TABLE t(a INT CHECK (1)~30",
        "CREATE TABLE t(a CHECK ())~24",
        "CREATE TABLE t(a DEFAULT)~24",
        "CREATE TABLE t(a DEFAULT - b)~25",
        "CREATE TABLE t(a, UNIQUE(a), b)~29",
        "CREATE TABLE t(a, UNIQUE(a + 1))~25",
        "CREATE TABLE t(a) WITHOUT ID~26",
        "CREATE TABLE t(a) x~18",
        "CREATE TABLE t(a),~18",
        "CREATE TABLE t(a) STRICT,~25",
        "CREATE TABLE t(a) STRICT STRICT~25",
        "CREATE TABLE t(a 'open)~17",
        "CREATE TABLE t(a ON CONFLICT FAIL)~17",
        "CREATE TABLE t(a NOT NULL ON CONFLICT STOP)~38",
        "CREATE TABLE t(a REFERENCES p ON DELETE SET)~40",
        "CREATE TABLE t(a PRIMARY KEY, PRIMARY KEY(a))~44",
        "CREATE TABLE t(a); SELECT 1~19",
        "DROP TABLE t~0",
        "CREATE INDEX i ON t(a)~0",
      })
  void saysWhereItCouldNotReadOn(String sql, int offset) {
    assertThat(TableDefinition.parse(sql))
        .isInstanceOfSatisfying(
            Unreadable.class,
            failure -> {
              assertThat(failure.offset()).isEqualTo(offset);
              assertThat(failure.reason()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX i ON t()",
        "CREATE INDEX i ON t(a,)",
        "CREATE INDEX i ON t(a) WHERE",
        "CREATE INDEX i ON t(a) WHERE ;",
        "CREATE INDEX i ON t(a) WHERE a; b",
        "CREATE INDEX i ON t(a) WHERE 'open",
        "CREATE INDEX i ON t(a",
        "CREATE UNIQUE TABLE t(a)",
        "CREATE",
        "",
      })
  void guessesNothingOfAnIndex(String sql) {
    assertThat(IndexDefinition.parse(sql).value()).isEmpty();
  }

  @Test
  void isNotImpressedByDeepNesting() {
    String deep = "(".repeat(200_000) + "a" + ")".repeat(200_000);
    assertThat(table("CREATE TABLE t(a CHECK (" + deep + "))").checks().get(0).expression())
        .isEqualTo(deep);
    assertThat(index("CREATE INDEX i ON t(" + deep + ")").index().parts().get(0).column())
        .isEqualTo("a");
    String collated = "a" + " COLLATE x".repeat(100_000);
    assertThat(index("CREATE INDEX i ON t(" + collated + ")").index().parts().get(0).collation())
        .isEqualTo("x");
    assertThat(TableDefinition.parse("CREATE TABLE t(a CHECK (" + "(".repeat(200_000)).value())
        .isEmpty();
  }

  private static TableDefinition table(String sql) {
    return TableDefinition.parse(sql).value().orElseThrow(() -> new AssertionError(sql));
  }

  private static IndexDefinition index(String sql) {
    return IndexDefinition.parse(sql).value().orElseThrow(() -> new AssertionError(sql));
  }
}

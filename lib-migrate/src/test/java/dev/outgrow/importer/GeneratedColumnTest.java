package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated columns stay computed where PostgreSQL computes the same, and else keep their values.
 */
class GeneratedColumnTest extends PostgresFixture {
  @TempDir private Path folder;

  private ImportReport carry(String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    ImportReport report = SqliteImport.from(file).into(database).run();
    assertThat(report.verified()).isTrue();
    return report;
  }

  /** Returns each column of a table with whether it is computed. */
  private List<String> columns(String table) throws SQLException {
    return query(
        "SELECT attname, attgenerated FROM pg_attribute WHERE attrelid = '"
            + table
            + "'::regclass AND attnum > 0 ORDER BY attnum");
  }

  private static List<String> named(ImportReport report) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == Kind.GENERATED_COLUMN)
        .map(NotCarried::name)
        .toList();
  }

  @Test
  void storedAndVirtualColumnsAreComputedInTheirPlace() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, twice INTEGER AS (a * 2) STORED NOT NULL,"
                + " t TEXT, \"it's \"\"lower\"\"\" TEXT GENERATED ALWAYS AS (lower(t)) VIRTUAL, z TEXT)",
            "INSERT INTO t(id, a, t, z) VALUES (1, 2, 'ÄBC', 'z'), (2, -7, NULL, NULL)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(columns("t"))
        .containsExactly("id|", "a|", "twice|s", "t|", "it's \"lower\"|s", "z|");
    assertThat(query("SELECT * FROM t ORDER BY id"))
        .containsExactly("1|2|4|ÄBC|Äbc|z", "2|-7|-14|null|null|null");
    execute("INSERT INTO t(a, t) VALUES (21, 'NEW')");
    assertThat(query("SELECT twice, \"it's \"\"lower\"\"\" FROM t WHERE id = 3"))
        .containsExactly("42|new");
  }

  @Test
  void aColumnComputedFromAnotherGetsItsExpression() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(c INTEGER AS (b + 1), b INTEGER AS (a * 10), a INTEGER, length INTEGER AS (length(a)))",
            "INSERT INTO t(a) VALUES (1), (2), (NULL)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(columns("t")).containsExactly("c|s", "b|s", "a|", "length|s");
    assertThat(query("SELECT * FROM t ORDER BY a")).contains("11|10|1|1", "21|20|2|1");
  }

  @Test
  void whatIsNotTranslatedKeepsItsValuesAndIsNamed() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(a TEXT, b TEXT AS (hex(a) || 'x'), c INTEGER AS (length(b)))",
            "INSERT INTO t(a) VALUES ('abc')");

    assertThat(columns("t")).containsExactly("a|", "b|", "c|s");
    assertThat(query("SELECT * FROM t")).containsExactly("abc|616263x|7");
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.kind()).isEqualTo(Kind.GENERATED_COLUMN);
              assertThat(n.name()).isEqualTo("t.b");
              assertThat(n.reason()).contains("hex").endsWith("hex(a) || 'x'");
            });
  }

  @Test
  void whatPostgresComputesBeyondItsRangeKeepsItsValues() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, s REAL AS (a + a), ok INTEGER AS (id + 1))",
            "INSERT INTO t(a) VALUES (1), (9223372036854775807)");

    assertThat(query("SELECT id, s, ok FROM t ORDER BY id"))
        .containsExactly("1|2|2", "2|1.8446744073709552e+19|3");
    assertThat(named(report)).contains("t.s");
  }

  @Test
  void keysIndexesAndReferencesMayBeOnComputedColumns() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT, short TEXT AS (substr(code, 1, 2)) STORED UNIQUE)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, v TEXT, short TEXT AS (substr(v, 1, 2)) REFERENCES p(short),"
                + " n INTEGER AS (id * 2) CHECK (n > 0))",
            "CREATE INDEX by_n ON c(n DESC)",
            "INSERT INTO p(code) VALUES ('abc'), ('def')",
            "INSERT INTO c(v) VALUES ('abx'), ('deq'), (NULL)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(columns("c")).containsExactly("id|", "v|", "short|s", "n|s");
    assertThat(query("SELECT conname FROM pg_constraint WHERE contype = 'f'")).hasSize(1);
  }

  @Test
  void aTableWithoutAKeyIsComparedToo() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(a TEXT, b TEXT AS (upper(a)))",
            "INSERT INTO t(a) VALUES ('x'), ('x'), ('ß'), (NULL)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(columns("t")).containsExactly("a|", "b|s");
  }

  @Test
  void thePlanShowsHowAColumnIsComputed() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"), "CREATE TABLE t(a INTEGER, b INTEGER AS (a + 1) STORED)");

    String plan = SqliteImport.from(file).plan().text();

    assertThat(plan).contains("\"b\" bigint GENERATED ALWAYS AS (").contains(") STORED");
    assertThat(plan).contains("(\"a\") FROM STDIN");
  }
}

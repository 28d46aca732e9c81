package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.source.RowCursor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to read a file give the same rows. */
class PageReadsTest {
  private @TempDir Path folder;

  private Path file(String... statements) throws SQLException {
    Path file = folder.resolve("test.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return file;
  }

  private static List<String> rows(SqliteSource source, String table) {
    List<String> rows = new ArrayList<>();
    try (RowCursor cursor = source.rows(table)) {
      while (cursor.next()) {
        rows.add(RowText.of(cursor.row()));
      }
    }
    return rows;
  }

  /** Asserts that both ways give the same rows of every table, and how many were read by pages. */
  private static void assertSame(Path file, int tablesByPages) {
    int byPages = 0;
    try (SqliteSource one = SqliteSource.open(file);
        SqliteSource other = SqliteSource.openForSqlite(file)) {
      other.contents();
      for (String table : one.contents().tables()) {
        assertThat(rows(one, table)).as(table).isEqualTo(rows(other, table));
        assertThat(other.readsByPages(table)).isFalse();
        byPages += one.readsByPages(table) ? 1 : 0;
      }
    }
    assertThat(byPages).as("tables read by pages").isEqualTo(tablesByPages);
  }

  private static String many(String table, String columns, int rows) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        + rows
        + ") INSERT INTO "
        + table
        + " SELECT "
        + columns
        + " FROM n";
  }

  @ParameterizedTest
  @CsvSource({
    "512, UTF-8, 0",
    "1024, UTF-16le, 1",
    "4096, UTF-8, 2",
    "8192, UTF-16be, 0",
    "65536, UTF-8, 1"
  })
  void readsPagesOfEverySize(int pageSize, String encoding, int autoVacuum) throws SQLException {
    Path file =
        file(
            "PRAGMA page_size = " + pageSize,
            "PRAGMA encoding = '" + encoding + "'",
            "PRAGMA auto_vacuum = " + autoVacuum,
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b REAL, c TEXT, d BLOB)",
            "CREATE TABLE w (k TEXT, n INTEGER, v REAL, PRIMARY KEY (n, k)) WITHOUT ROWID",
            "CREATE TABLE plain (a, b)",
            many("t", "i, i % 300 - 150, i / 4.0, 'ä€𝄞' || i, zeroblob(i % 700)", 2000),
            "INSERT INTO t VALUES (9e15, 9223372036854775807, 1, '', x'')",
            "INSERT INTO t (id, a, b, d) VALUES (-9223372036854775807, 0.0, 9e999,"
                + " randomblob(100000))",
            "INSERT INTO t (a, c) VALUES (1, printf('%.*c', 50000, 'x')), ('text', NULL)",
            many("w", "'k' || i, i * 7919 % 1000, i", 3000),
            many("plain", "i, NULL", 500),
            "DELETE FROM plain WHERE a % 3 = 0",
            "INSERT INTO plain VALUES (2147483648, -129), (-2147483649, 140737488355328)");
    assertSame(file, 3);
  }

  @Test
  void takesWholeNumbersInRealColumnsForReals() throws SQLException {
    Path file =
        file(
            "CREATE TABLE t (a REAL, b DOUBLE PRECISION, c FLOAT, d NUMERIC, e)",
            "INSERT INTO t VALUES (1, 2, -3, 4.0, 5.0), (0, 1, 1e15, 0.5, 1)");
    assertSame(file, 1);
  }

  @Test
  void givesColumnsThatWereAddedTheirDefault() throws SQLException {
    Path file =
        file(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
            "INSERT INTO t (a) VALUES (1), (2)",
            "ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'",
            "ALTER TABLE t ADD COLUMN c REAL DEFAULT 5",
            "INSERT INTO t VALUES (7, 7, 7, 7)",
            "ALTER TABLE t ADD COLUMN d INTEGER DEFAULT '12'",
            "ALTER TABLE t ADD COLUMN e",
            "ALTER TABLE t ADD COLUMN f BLOB DEFAULT x'00ff'",
            "INSERT INTO t (a) VALUES (9)",
            "CREATE TABLE \"odd \"\" name\" (k TEXT UNIQUE, n NOT NULL COLLATE NOCASE, UNIQUE (n, k))",
            "INSERT INTO \"odd \"\" name\" VALUES ('a', 1), ('b', 2)",
            "ALTER TABLE \"odd \"\" name\" ADD COLUMN \"a \"\" column\" VARCHAR(9) NOT NULL DEFAULT -1.50",
            "ALTER TABLE \"odd \"\" name\" ADD COLUMN g NUMERIC DEFAULT 'é ''quoted'''",
            "ALTER TABLE \"odd \"\" name\" ADD COLUMN h INTEGER DEFAULT 9223372036854775807",
            "ALTER TABLE \"odd \"\" name\" ADD COLUMN i BOOLEAN DEFAULT TRUE");
    assertSame(file, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
  void givesDefaultsInEveryEncoding(String encoding) throws SQLException {
    Path file =
        file(
            "PRAGMA encoding = '" + encoding + "'",
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES (1), (2)",
            "ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'ä€𝄞'");
    assertSame(file, 1);
  }

  @Test
  void leavesColumnsThatAreComputedToSqlite() throws SQLException {
    Path file =
        file(
            "CREATE TABLE v (a, b AS (a + 1))",
            "CREATE TABLE s (a, b AS (a + 1) STORED, c)",
            "INSERT INTO v VALUES (1)",
            "INSERT INTO s VALUES (1, 3)");
    assertSame(file, 1);
  }

  @Test
  void readsKeysInEveryOrder() throws SQLException {
    Path file =
        file(
            "CREATE TABLE desc_key (id INTEGER PRIMARY KEY DESC, a)",
            "CREATE TABLE int_key (id INT PRIMARY KEY, a)",
            "CREATE TABLE twice (a, b, PRIMARY KEY (a, b, a)) WITHOUT ROWID",
            "CREATE TABLE last (a, b, c, PRIMARY KEY (c DESC, a COLLATE NOCASE)) WITHOUT ROWID",
            "INSERT INTO desc_key VALUES (3, 'x'), (1, 'y')",
            "INSERT INTO int_key VALUES (3, 'x'), (1, 'y')",
            "INSERT INTO twice VALUES (3, 'x'), (1, 'y')",
            "INSERT INTO last VALUES (1, 2, 3), ('B', NULL, 3), ('a', 1.5, 4)");
    assertSame(file, 4);
  }

  @Test
  void readsWhatIsOnlyInTheLog() throws SQLException {
    Path file = folder.resolve("wal.db");
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
      statement.execute(many("t", "i, 'value ' || i", 5000));
      statement.execute("PRAGMA wal_checkpoint");
      statement.execute("UPDATE t SET a = 'changed' WHERE id % 100 = 0");
      statement.execute("DELETE FROM t WHERE id BETWEEN 1000 AND 2000");
      assertSame(file, 1);
    }
    assertSame(file, 1); // the log is in the file by now
  }

  @Test
  void keepsToItsMomentWhileOthersWrite() throws SQLException {
    Path file = folder.resolve("wal.db");
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
      statement.execute(many("t", "i, 'value ' || i", 5000));
      try (SqliteSource source = SqliteSource.open(file)) {
        source.contents();
        statement.execute("UPDATE t SET a = 'later'");
        statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        statement.execute("DELETE FROM t WHERE id > 100");
        List<String> rows = rows(source, "t");
        assertThat(rows).hasSize(5000);
        assertThat(rows.get(4999))
            .endsWith(HexFormat.of().formatHex("value 5000".getBytes(StandardCharsets.UTF_8)));
        assertThat(source.readsByPages("t")).isTrue();
      }
      try (SqliteSource source = SqliteSource.open(file)) {
        source.contents();
        assertThat(rows(source, "t")).hasSize(100);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTheLocksOfOthersInThisProcess(boolean wal) throws SQLException {
    Path file = file("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    try (Connection application = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = application.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + (wal ? "WAL" : "DELETE"));
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("INSERT INTO t VALUES (2)");
      try (SqliteSource source = SqliteSource.open(file)) {
        source.contents();
        assertThat(rows(source, "t")).hasSize(1);
        assertThat(source.readsByPages("t")).isTrue();
      }
      assertThat(mayOtherProcessWrite(file)).isFalse();
      statement.execute("COMMIT");
    }
    assertThat(mayOtherProcessWrite(file)).isTrue();
  }

  private static boolean mayOtherProcessWrite(Path file) {
    return LockProbe.mayWrite(file);
  }
}

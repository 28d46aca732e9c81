package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values at the edges, from a real file into a real server. */
class SqliteImportValuesTest extends PostgresFixture {
  private static final int CHARACTERS_OF_A_ROW = 8192;

  @TempDir private Path folder;

  private ImportReport carry(Path file) {
    return SqliteImport.from(file).into(database).run();
  }

  /**
   * U+FFFE and U+FFFF too, which SQLite itself would replace on the way from one encoding to
   * another.
   */
  @ParameterizedTest
  @CsvSource({"UTF-8, UTF-8", "UTF-16le, UTF-16LE", "UTF-16be, UTF-16BE"})
  void everyCharacterArrives(String encoding, Charset charset) throws SQLException {
    List<String> texts = allCharacters();
    Path file =
        SqliteFiles.make(
            folder.resolve("all.db"),
            "PRAGMA encoding = '" + encoding + "'",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
    try (Connection connection = SqliteFiles.open(file);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t(v) VALUES (CAST(? AS TEXT))")) {
      connection.setAutoCommit(false);
      for (String text : texts) {
        insert.setBytes(1, text.getBytes(charset));
        insert.executeUpdate();
      }
      connection.commit();
    }
    ImportReport report = carry(file);

    assertThat(report.verified()).isTrue();
    assertThat(report.changedTypes()).isEmpty();
    assertThat(query("SELECT v FROM t ORDER BY id")).isEqualTo(texts);
  }

  private static List<String> allCharacters() {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
      if (text.length() >= CHARACTERS_OF_A_ROW || c == Character.MAX_CODE_POINT) {
        texts.add(text.toString());
        text.setLength(0);
      }
    }
    return texts;
  }

  /** Half a pair is no character and cannot be text in PostgreSQL; its bytes are kept. */
  @Test
  void halfAPairInAUtf16DatabaseArrivesAsItsBytes() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("half.db"),
            "PRAGMA encoding = 'UTF-16le'",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO t VALUES (1, CAST(x'61003dd8' AS TEXT)), (2, CAST(x'3dd800de' AS TEXT))");
    ImportReport report = carry(file);

    assertThat(report.verified()).isTrue();
    assertThat(report.changedTypes())
        .singleElement()
        .satisfies(c -> assertThat(c.target()).isEqualTo("bytea"));
    assertThat(query("SELECT encode(v, 'hex') FROM t ORDER BY id"))
        .containsExactly("61eda0bd", "f09f9880");
  }

  /** SQLite has no NaN: it keeps NULL. What it reads back is what has to arrive, bit for bit. */
  @Test
  void everyKindOfRealNumberArrivesBitForBit() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("reals.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, r REAL, x)",
            "INSERT INTO t(r, x) VALUES (-0.0, -0.0), (9e999, -9e999), (5e-324, -5e-324)");
    Random random = new Random(37);
    try (Connection connection = SqliteFiles.open(file);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t(r, x) VALUES (?, ?)")) {
      connection.setAutoCommit(false);
      for (double value : edges()) {
        insert.setDouble(1, value);
        insert.setDouble(2, value);
        insert.executeUpdate();
      }
      for (int i = 0; i < 3000; i++) {
        insert.setDouble(1, Double.longBitsToDouble(random.nextLong()));
        insert.setDouble(2, Double.longBitsToDouble(random.nextLong() >>> 12));
        insert.executeUpdate();
      }
      connection.commit();
    }
    assertThat(carry(file).verified()).isTrue();

    try (Connection connection = SqliteFiles.open(file)) {
      List<String> stored = bits(connection, "SELECT r, x FROM t ORDER BY id");
      try (Connection target = database.connection()) {
        assertThat(bits(target, "SELECT r, x FROM t ORDER BY id")).isEqualTo(stored);
      }
    }
    assertThat(query("SELECT count(*) FROM t WHERE r = 'NaN' OR x = 'NaN'")).containsExactly("0");
    assertThat(query("SELECT count(*) > 2 FROM t WHERE r IS NULL")).containsExactly("t");
  }

  private static double[] edges() {
    return new double[] {
      0.0,
      -0.0,
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      Math.nextDown(Double.MIN_NORMAL),
      Double.MAX_VALUE,
      Double.NaN,
      Double.longBitsToDouble(0x7ff0000000000001L),
      Double.longBitsToDouble(0xfff8dead00000000L),
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      0.1,
      0x1.8p53,
      0x1p63,
      1e22
    };
  }

  private static List<String> bits(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> bits = new ArrayList<>();
      while (rows.next()) {
        bits.add(bits(rows, 1) + " " + bits(rows, 2));
      }
      return bits;
    }
  }

  private static String bits(ResultSet rows, int column) throws SQLException {
    long bits = Double.doubleToRawLongBits(rows.getDouble(column));
    return rows.wasNull() ? "null" : Long.toHexString(bits);
  }

  /**
   * PostgreSQL would write them in another way, which the program that wrote them does not read.
   */
  @Test
  void daysBeforeTheYearOneStayTheirText() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("dates.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, d DATE, m DATETIME, z DATETIME, zero DATE)",
            "INSERT INTO t VALUES (1, '0001-01-01', '2024-02-29', '0001-01-01 00:00+15:59', NULL)",
            "INSERT INTO t VALUES (2, '9999-12-31', datetime(0.0), NULL, '0000-00-00')",
            "INSERT INTO t VALUES (3, NULL, '0000-12-31 23:59:59', NULL, '0000-01-01')");

    assertThat(carry(file).verified()).isTrue();
    assertThat(query("SELECT d, m, z, zero FROM t ORDER BY id"))
        .containsExactly(
            "0001-01-01|2024-02-29|0001-01-01 00:00+15:59|null",
            "9999-12-31|-4713-11-24 12:00:00|null|0000-00-00",
            "null|0000-12-31 23:59:59|null|0000-01-01");
    assertThat(query("SELECT pg_typeof(d), pg_typeof(m), pg_typeof(z) FROM t WHERE id = 1"))
        .containsExactly("date|text|text");
  }

  @Test
  void everyIntegerAtAPowerOfTwoArrives() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("integers.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER)");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Long.SIZE; i++) {
      for (long v : new long[] {1L << i, (1L << i) - 1, -(1L << i), ~(1L << i)}) {
        values.add(Long.toString(v));
      }
    }
    SqliteFiles.make(file, "INSERT INTO t(v) VALUES (" + String.join("), (", values) + ")");

    assertThat(carry(file).verified()).isTrue();
    assertThat(query("SELECT v FROM t ORDER BY id")).isEqualTo(values);
  }
}

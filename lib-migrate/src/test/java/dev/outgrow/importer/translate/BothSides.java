package dev.outgrow.importer.translate;

import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.schema.Identifier;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * The same table with the same rows in SQLite and in PostgreSQL, and what expressions are there.
 *
 * <p>Values are compared as: NULL; an integer or a condition by its number; a real number by its
 * value, the two zeros as one; a text and bytes as they are; a number that may be an integer or a
 * real one by its value. A row in which PostgreSQL says that a number is out of range is left out.
 */
final class BothSides implements AutoCloseable {
  static final Scope TABLE =
      new Scope(
          "v",
          Identifier.of("v"),
          List.of(
              Scope.Column.of("id", "id", "bigint", "INTEGER"),
              Scope.Column.of("i", "i", "bigint", "INTEGER"),
              Scope.Column.of("j", "j", "integer", "INT"),
              Scope.Column.of("r", "r", "double precision", "REAL"),
              Scope.Column.of("t", "t", "text", "TEXT"),
              Scope.Column.of("u", "U", "text", "VARCHAR(50)"),
              new Scope.Column("n", "n", "text", "TEXT", "NOCASE", true),
              Scope.Column.of("b", "b", "bytea", "BLOB"),
              Scope.Column.of("f", "f", "boolean", "BOOLEAN"),
              Scope.Column.of("js", "js", "text", "TEXT"),
              new Scope.Column("jc", "jc", "json", "JSON", "BINARY", false)));

  private static final int ROWS = 300;
  private static final Set<String> OUT_OF_RANGE = Set.of("22003", "22008");
  private static final String[] TEXTS = {
    null,
    "",
    "a",
    "A",
    "abc",
    "ABC",
    "aBc",
    "xabcx",
    "ä",
    "Ä",
    "10",
    "-5x",
    "  12 ",
    "  pad ",
    "0",
    "%_",
    "b\\c",
    "it's",
    "日本語😀",
    "z\nz",
    "4142",
    "0x10",
    "9223372036854775808",
    "a]b",
    "[x]",
    "é"
  };
  private static final Long[] INTEGERS = {
    null,
    0L,
    1L,
    -1L,
    2L,
    7L,
    -7L,
    10L,
    63L,
    100L,
    65535L,
    1_700_000_000L,
    1_709_251_199L,
    951_782_400L,
    -1L - (1L << 40),
    (1L << 53) + 1,
    -62_135_596_801L,
    -62_167_219_201L,
    253_402_300_799L,
    253_402_300_800L,
    -210_866_760_000L,
    -210_866_760_001L,
    -210_866_716_800L,
    -210_863_520_001L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final Integer[] SMALL = {null, 0, 1, -1, 2, 3, -3, 7, 12, -100};
  private static final Double[] REALS = {
    null,
    0.0,
    1.0,
    1.5,
    -1.5,
    2.5,
    -2.5,
    0.5,
    0.49999999999999994,
    0.1,
    1e15,
    9007199254740992.0,
    1e300,
    -1e-300,
    9.3e18,
    -9.3e18,
    0x1p62,
    0x1p63,
    -0x1p63,
    1e19,
    3.0,
    7.0
  };
  private static final String[] JSONS = {
    null,
    "1",
    " {\"a\" : 1 , \"b\": {\"c\":\"x\"}} ",
    "[1, 2.50, \"x\"]",
    "{\"a\":\"x\\u0041\\n\\/\",\"a b\":\"y\"}",
    "null",
    " true ",
    "\"x\"",
    "{\"a\":null}",
    "{\"a\":[1, {\"k\" : 2, \"\" : [ ]}]}",
    "{\"a\":true}",
    "{\"a\":-0}",
    "{\"a\":1e2}",
    "{\"a\":9223372036854775807}",
    "{\"a\":\"12x\"}",
    "{\"a\":\" \\\" [1, 2] \\\\ \",\"c\":[\" , \"]}",
    "2.5",
    "[]",
    "{}",
    "{\"a\":\"\"}",
    "{\"a\":0.1}",
    "{\"a\":{\"b\":[]}}",
    "{\"a\":\"true\"}",
    "{\"a\":false,\"A\":1}",
    "{\"a\":-0.0}",
    "{\"a\":-123.4560}",
    "{\"a\":\"x\"}",
    "{\"a\":2}",
    "{\"\\u0061\":\"\\ud83d\\ude00\"}",
    "[[true, 10], null]"
  };
  private static final byte[][] BLOBS = {
    null, {}, {0}, {'a'}, {'a', 'b', 'c'}, {-1, -2}, {0x30, 0x41}
  };

  private final TestDatabase server;
  private final Connection postgres;
  private final Connection sqlite;

  private BothSides(TestDatabase server, Connection postgres, Connection sqlite) {
    this.server = server;
    this.postgres = postgres;
    this.sqlite = sqlite;
  }

  static BothSides start() throws SQLException {
    TestDatabase server = TestDatabase.start();
    try {
      Connection postgres = server.connection();
      Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
      BothSides sides = new BothSides(server, postgres, sqlite);
      sides.fill();
      return sides;
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void fill() throws SQLException {
    try (Statement create = sqlite.createStatement()) {
      create.execute(
          "CREATE TABLE v (id INTEGER PRIMARY KEY, i INTEGER, j INT, r REAL, t TEXT,"
              + " u VARCHAR(50), n TEXT COLLATE NOCASE, b BLOB, f BOOLEAN, js TEXT, jc JSON)");
    }
    try (Statement create = postgres.createStatement()) {
      create.execute(
          "CREATE TABLE v (id bigint PRIMARY KEY, i bigint, j integer, r double precision, t text,"
              + " \"U\" text, n text, b bytea, f boolean, js text, jc json)");
    }
    String insert = "INSERT INTO v VALUES (?,?,?,?,?,?,?,?,?,?,?)";
    try (PreparedStatement s = sqlite.prepareStatement(insert);
        PreparedStatement p = postgres.prepareStatement(insert)) {
      Random random = new Random(42);
      for (int id = 0; id < ROWS; id++) {
        Boolean flag = id % 3 == 0 ? null : Boolean.valueOf(id % 3 == 1);
        @Nullable Object[] row = {
          (long) id,
          pick(INTEGERS, id, random),
          pick(SMALL, id, random),
          pick(REALS, id, random),
          pick(TEXTS, id, random),
          pick(TEXTS, 0, random),
          pick(TEXTS, 0, random),
          pick(BLOBS, id, random),
          null
        };
        String json = pick(JSONS, id, random);
        set(s, row);
        s.setString(10, json);
        s.setString(11, json);
        s.setObject(9, flag == null ? null : flag ? 1 : 0);
        s.executeUpdate();
        set(p, row);
        p.setObject(9, flag);
        p.setString(10, json);
        p.setObject(11, json, Types.OTHER);
        p.executeUpdate();
      }
    }
  }

  /** Takes each value once and then any. */
  private static <T> T pick(T[] values, int id, Random random) {
    return values[id > 0 && id < values.length ? id : random.nextInt(values.length)];
  }

  private static void set(PreparedStatement statement, @Nullable Object[] row) throws SQLException {
    for (int c = 0; c < row.length; c++) {
      statement.setObject(c + 1, row[c]);
    }
  }

  /** Returns what SQLite answers, a row's number before each of its values. */
  List<String> sqlite(String query, boolean byValue) throws SQLException {
    try (Statement statement = sqlite.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return read(rows, byValue);
    }
  }

  List<String> postgres(String query, boolean byValue) throws SQLException {
    try (Statement statement = postgres.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return read(rows, byValue);
    }
  }

  private static List<String> read(ResultSet rows, boolean byValue) throws SQLException {
    List<String> values = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      StringBuilder row = new StringBuilder();
      for (int c = 1; c <= columns; c++) {
        row.append(c > 1 ? " | " : "").append(canonical(rows.getObject(c), byValue && c > 1));
      }
      values.add(row.toString());
    }
    return values;
  }

  private static String canonical(@Nullable Object value, boolean byValue) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Boolean truth) {
      return canonical(truth ? 1L : 0L, byValue);
    }
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof String || value instanceof PGobject) {
      return "text " + value;
    }
    if (byValue) {
      return "number " + new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
    }
    boolean whole = value instanceof Long || value instanceof Integer;
    return whole ? "integer " + value : "real " + (((Number) value).doubleValue() + 0.0);
  }

  /** Compares an expression in every row and returns how many rows were compared. */
  int compare(String expression, Typed translated) throws SQLException {
    if (translated.kind() == Kind.JSON) {
      Typed text = Typed.of(JsonValues.text(translated.sql()), Kind.TEXT, Stability.IMMUTABLE);
      return compare("(" + expression + ") || ''", text);
    }
    boolean byValue = translated.kind() == Kind.NUMBER;
    try {
      List<String> theirs =
          postgres("SELECT id, " + translated.sql() + " FROM v ORDER BY id", byValue);
      requireEqual(
          expression,
          translated,
          sqlite("SELECT id, " + expression + " FROM v ORDER BY id", byValue),
          theirs);
      return theirs.size();
    } catch (SQLException e) {
      requireOutOfRange(expression, translated, e);
      return compareRows(expression, translated, byValue);
    }
  }

  private int compareRows(String expression, Typed translated, boolean byValue)
      throws SQLException {
    int compared = 0;
    for (int id = 0; id < ROWS; id++) {
      String where = " FROM v WHERE id = " + id;
      try {
        List<String> theirs = postgres("SELECT id, " + translated.sql() + where, byValue);
        List<String> ours = sqlite("SELECT id, " + expression + where, byValue);
        requireEqual(expression, translated, ours, theirs);
      } catch (SQLException e) {
        requireOutOfRange(expression, translated, e);
        continue;
      }
      compared++;
    }
    return compared;
  }

  private static void requireOutOfRange(String expression, Typed translated, SQLException e) {
    boolean overflow =
        OUT_OF_RANGE.contains(String.valueOf(e.getSQLState()))
            || String.valueOf(e.getMessage()).contains("integer overflow");
    if (!overflow) {
      throw new AssertionError(expression + "\n" + translated.sql() + "\n" + e.getMessage(), e);
    }
  }

  private static void requireEqual(
      String expression, Typed translated, List<String> sqlite, List<String> postgres) {
    for (int i = 0; i < Math.max(sqlite.size(), postgres.size()); i++) {
      if (!sqlite.get(i).equals(postgres.get(i))) {
        throw new AssertionError(
            "%s\nSQLite: %s\nPostgreSQL: %s\n%s"
                .formatted(expression, sqlite.get(i), postgres.get(i), translated.sql()));
      }
    }
  }

  /** Makes a view of the query on both sides and compares all its rows, in the order they come. */
  void compareView(String select) throws SQLException {
    Translation translation = Translator.view("CREATE VIEW w AS " + select, List.of(TABLE));
    if (!(translation instanceof Translation.Select query)) {
      throw new AssertionError(select + "\n" + translation);
    }
    try (Statement statement = postgres.createStatement()) {
      statement.execute("CREATE TEMPORARY VIEW w AS " + query.text());
      statement.execute("DROP VIEW w");
    } catch (SQLException e) {
      throw new AssertionError(select + "\n" + query.text() + "\n" + e.getMessage(), e);
    }
    List<String> theirs = postgres(query.text(), false);
    List<String> ours = sqlite(select, false);
    if (!ours.equals(theirs)) {
      throw new AssertionError(select + "\n" + query.text() + "\n" + ours + "\n" + theirs);
    }
  }

  void execute(String... statements) throws SQLException {
    server.execute(statements);
  }

  @Override
  public void close() throws SQLException {
    try (server) {
      sqlite.close();
      postgres.close();
    }
  }
}

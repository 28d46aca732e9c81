package dev.outgrow.importer.file;

import dev.outgrow.importer.fixture.SqliteFiles;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything a SQLite file holds, as SQLite itself says it. It knows nothing of the product. */
public final class FileDump {
  private FileDump() {}

  /** Returns the definitions, and each row with its number and storage classes, by table. */
  public static Map<String, List<String>> of(Path file) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = SqliteFiles.open(file)) {
      Charset encoding = Charset.forName(ask(connection, "PRAGMA encoding").get(0));
      all.put(
          "schema",
          ask(
              connection,
              "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema"
                  + " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1"));
      all.put("user_version", ask(connection, "PRAGMA user_version"));
      all.put("application_id", ask(connection, "PRAGMA application_id"));
      for (String table :
          ask(
              connection,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
                  + " AND name NOT LIKE 'sqlite_stat%'")) {
        all.put("table " + table, rows(connection, table, encoding));
      }
    }
    return all;
  }

  private static List<String> rows(Connection connection, String table, Charset encoding)
      throws SQLException {
    String quoted = quote(table);
    List<String> columns =
        ask(connection, "SELECT name FROM pragma_table_xinfo(" + literal(table) + ")");
    StringBuilder sql = new StringBuilder("SELECT ");
    for (String rowid : List.of("rowid", "_rowid_", "oid")) {
      if (columns.stream().noneMatch(rowid::equalsIgnoreCase) && hasRowid(connection, table)) {
        sql.append("c.").append(rowid).append(" || ' ' || ");
        break;
      }
    }
    sql.append("''");
    for (String column : columns) {
      String name = "c." + quote(column);
      sql.append(", typeof(" + name + "), CAST(" + name + " AS BLOB), " + name);
    }
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql + " FROM " + quoted + " AS c NOT INDEXED")) {
      while (row.next()) {
        StringBuilder text = new StringBuilder(row.getString(1));
        for (int i = 0; i < columns.size(); i++) {
          text.append('|').append(cell(row, 3 * i + 2, encoding));
        }
        rows.add(text.toString());
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String cell(ResultSet row, int at, Charset encoding) throws SQLException {
    String kind = row.getString(at);
    byte[] bytes = row.getBytes(at + 1);
    return kind
        + ":"
        + switch (kind) {
          case "null" -> "";
          case "integer" -> Long.toString(row.getLong(at + 2));
          case "real" -> Long.toHexString(Double.doubleToRawLongBits(row.getDouble(at + 2)));
          case "text" ->
              HexFormat.of().formatHex(utf8(bytes == null ? new byte[0] : bytes, encoding));
          default -> HexFormat.of().formatHex(bytes == null ? new byte[0] : bytes);
        };
  }

  private static byte[] utf8(byte[] stored, Charset encoding) {
    return encoding.equals(StandardCharsets.UTF_8)
        ? stored
        : new String(stored, encoding).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean hasRowid(Connection connection, String table) throws SQLException {
    return ask(
            connection,
            "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = " + literal(table))
        .equals(List.of("0"));
  }

  /** Returns the first column of what a statement answers. */
  public static List<String> ask(Connection connection, String sql) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        answers.add(String.valueOf(row.getString(1)));
      }
    }
    return answers;
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}

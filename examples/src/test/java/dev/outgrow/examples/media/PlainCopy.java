package dev.outgrow.examples.media;

import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries a media history into PostgreSQL by plain JDBC, rows alone, so that it proves nothing of
 * ours.
 */
final class PlainCopy {
  private record Column(String name, String type) {}

  private PlainCopy() {}

  static void copy(Connection sqlite, Connection postgres, String schema) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = sqlite.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    execute(postgres, "CREATE SCHEMA " + Dialect.POSTGRESQL.quote(schema));
    for (String table : tables) {
      table(sqlite, postgres, Dialect.POSTGRESQL.quote(schema), table);
    }
  }

  private static void table(Connection sqlite, Connection postgres, String schema, String table)
      throws SQLException {
    List<Column> columns = columns(sqlite, table);
    String target = schema + "." + Dialect.POSTGRESQL.quote(table);
    execute(
        postgres,
        columns.stream()
            .map(column -> Dialect.POSTGRESQL.quote(column.name()) + " " + column.type())
            .collect(Collectors.joining(", ", "CREATE TABLE " + target + " (", ")")));
    String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    try (Statement select = sqlite.createStatement();
        ResultSet rows = select.executeQuery("SELECT * FROM " + Dialect.SQLITE.quote(table));
        PreparedStatement insert =
            postgres.prepareStatement("INSERT INTO " + target + " VALUES (" + marks + ")")) {
      while (rows.next()) {
        for (int i = 1; i <= columns.size(); i++) {
          insert.setObject(i, value(rows, i, columns.get(i - 1).type()));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable Object value(ResultSet row, int i, String type) throws SQLException {
    if (row.getObject(i) == null) {
      return null;
    }
    return switch (type) {
      case "boolean" -> row.getInt(i) == 1;
      case "bigint" -> row.getLong(i);
      case "text" -> row.getString(i);
      default -> row.getObject(i);
    };
  }

  private static List<Column> columns(Connection sqlite, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement statement =
        sqlite.prepareStatement("SELECT name, type FROM pragma_table_info(?) ORDER BY cid")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          columns.add(new Column(name, name.equals("bitrate") ? "text" : type(rows.getString(2))));
        }
      }
    }
    return columns;
  }

  private static String type(String declared) {
    return switch (declared) {
      case "INTEGER" -> "bigint";
      case "REAL" -> "double precision";
      case "BLOB" -> "bytea";
      case "BOOLEAN" -> "boolean";
      default -> "text";
    };
  }

  private static void execute(Connection postgres, String sql) throws SQLException {
    try (Statement statement = postgres.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.outgrow.examples.media;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where PostgreSQL looks for the tables of generated classes, which name no schema. A mapping of
 * jOOQ's would name it in statements, and there before the names of the statements' own parts, too.
 * Closed, the connection looks where it looked before.
 */
final class SearchPath implements AutoCloseable {
  private final Connection connection;
  private final String before;

  private SearchPath(Connection connection, String before) {
    this.connection = connection;
    this.before = before;
  }

  /** Sets it; on SQLite, where a file has one schema, nothing is done. */
  static SearchPath to(String schema, Connection connection) {
    try {
      if (!isPostgres(connection)) {
        return new SearchPath(connection, "");
      }
      String before = ask(connection, "SELECT current_setting(?)", "search_path");
      set(connection, Dialect.POSTGRESQL.quote(schema));
      return new SearchPath(connection, before);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Choosing the schema " + schema);
    }
  }

  /** Returns the connection. */
  Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      if (isPostgres(connection)) {
        set(connection, before);
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Choosing the schema as before");
    }
  }

  private static boolean isPostgres(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
  }

  private static void set(Connection connection, String path) throws SQLException {
    ask(connection, "SELECT set_config('search_path', ?, false)", path);
  }

  private static String ask(Connection connection, String sql, String value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}

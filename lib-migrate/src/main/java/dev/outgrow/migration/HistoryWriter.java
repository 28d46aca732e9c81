package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows to a history table that say that something was taken back. Nothing is deleted: Flyway
 * writes the same rows when it repairs, and reads them as it does.
 */
final class HistoryWriter {
  private final Connection connection;
  private final String insert;

  /**
   * Prepares it.
   *
   * @param schema the table's schema, or null on SQLite
   */
  HistoryWriter(Connection connection, Backend backend, @Nullable String schema, String table) {
    this.connection = connection;
    boolean postgres = backend == Backend.POSTGRESQL;
    Dialect dialect = postgres ? Dialect.POSTGRESQL : Dialect.SQLITE;
    String name =
        dialect.quote(schema == null ? Identifier.of(table) : Identifier.of(schema, table));
    this.insert =
        "INSERT INTO "
            + name
            + " (installed_rank, version, description, type, script, checksum, installed_by,"
            + " execution_time, success) SELECT (SELECT max(installed_rank) + 1 FROM "
            + name
            + "), ?, ?, 'DELETE', ?, ?, "
            + (postgres ? "current_user" : "''")
            + ", ?, "
            + (postgres ? "true" : "1");
  }

  /** Says that a version was taken back, and by what. */
  void undone(UndoStep step, int millis) throws SQLException {
    write(
        String.valueOf(step.row().version()),
        step.description(),
        step.script(),
        step.checksum(),
        millis);
  }

  /** Says that a repeatable script has to run again. */
  void outdated(HistoryRow row) throws SQLException {
    write(null, row.description(), row.script(), row.checksum(), 0);
  }

  private void write(
      @Nullable String version,
      String description,
      String script,
      @Nullable Integer checksum,
      int millis)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, version);
      statement.setString(2, description);
      statement.setString(3, script);
      if (checksum == null) {
        statement.setNull(4, Types.INTEGER);
      } else {
        statement.setInt(4, checksum);
      }
      statement.setInt(5, millis);
      statement.executeUpdate();
    }
  }
}

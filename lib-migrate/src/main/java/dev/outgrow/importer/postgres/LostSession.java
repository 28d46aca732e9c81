package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is known of a session, so that it can be ended over another connection: a server that was
 * not told that its client has gone keeps its locks, and the claim to the target.
 *
 * <p><em>Immutable.</em>
 *
 * @param process the server's process
 * @param since when it began: process numbers are used again
 */
record LostSession(int process, String since) {
  private static final String OWN =
      "SELECT pid, backend_start::text FROM pg_catalog.pg_stat_activity"
          + " WHERE pid = pg_catalog.pg_backend_pid()";

  /** Waits up to five seconds until it has ended. */
  private static final String END =
      "SELECT pg_catalog.pg_terminate_backend(pid, 5000) FROM pg_catalog.pg_stat_activity"
          + " WHERE pid = ? AND backend_start = ?::pg_catalog.timestamptz";

  /** Takes note of the session of a connection. */
  static LostSession of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OWN)) {
      row.next();
      return new LostSession(row.getInt(1), row.getString(2));
    }
  }

  /**
   * Ends it over another connection, so that nobody waits for what it holds. Where nobody answers
   * there is none, or nothing can be done about it.
   *
   * @param first why it is lost; is told what else fails
   */
  void endOverAnother(Database database, Exception first) {
    try (Connection other = database.ownConnection()) {
      end(other);
    } catch (SQLException | OutgrowException e) {
      first.addSuppressed(e);
    }
  }

  /** Ends it, if it is still there. */
  void end(Connection other) throws SQLException {
    try (PreparedStatement statement = other.prepareStatement(END)) {
      statement.setInt(1, process);
      statement.setString(2, since);
      statement.execute();
    }
  }
}

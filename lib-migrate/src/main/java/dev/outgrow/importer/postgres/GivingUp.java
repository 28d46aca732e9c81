package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Has a server give up what it does on a connection, from another thread. */
final class GivingUp {
  private GivingUp() {}

  static void on(Connection connection) {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // Nobody answers there any more: only closing the socket wakes who waits for an answer.
      abort(connection, e);
    }
  }

  private static void abort(Connection connection, SQLException reason) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      e.addSuppressed(reason);
      throw SqlFailures.translate(e, "Giving the connection up");
    }
  }
}

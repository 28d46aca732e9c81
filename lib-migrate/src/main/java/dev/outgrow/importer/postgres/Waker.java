package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Wakes whoever waits for a server's answer. The server is told to give up what it does; where it
 * says so and its answer does not arrive, because the network lost the connection and told nobody,
 * only closing the socket helps.
 *
 * <p><em>Thread-safe.</em>
 */
final class Waker {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Connection connection;
  private long since;
  private boolean asked;

  Waker(Connection connection) {
    this.connection = connection;
  }

  /** Has the server give up; after five seconds of that, gives the connection up. */
  synchronized void wake() {
    long now = System.nanoTime();
    if (!asked) {
      asked = true;
      since = now;
    }
    try {
      if (now - since > PATIENCE.toNanos()) {
        connection.abort(Runnable::run);
      } else {
        cancel();
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Giving the connection up");
    }
  }

  private void cancel() throws SQLException {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException nobodyAnswers) {
      connection.abort(Runnable::run);
    }
  }
}

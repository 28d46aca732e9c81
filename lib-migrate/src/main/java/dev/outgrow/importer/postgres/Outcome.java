package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.error.UnknownOutcomeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does the transaction that everything comes to, and finds out over another connection whether it
 * was committed if its answer is lost. The session it ran in is ended first: as long as it has the
 * claim on the target, it may still be committing.
 */
final class Outcome {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Database database;
  private final ImportSession session;
  private final String target;
  private final String what;

  /**
   * Prepares it.
   *
   * @param target the schema that the session has the claim on
   * @param what what is done, as the end of "The connection was lost while"
   */
  Outcome(Database database, ImportSession session, String target, String what) {
    this.database = database;
    this.session = session;
    this.target = target;
    this.what = what;
  }

  /** Tells, over another connection, whether it was done; nothing if nobody knows. */
  interface Asking {
    Optional<Boolean> isDone(Connection another) throws SQLException;
  }

  /**
   * Does it.
   *
   * @throws UnknownOutcomeException if it may be done, and nobody answers or nothing tells
   */
  <T> T of(LockRetry retry, LockRetry.Work<T> work, Asking asking) throws SQLException {
    List<T> result = new ArrayList<>();
    int process = session.process();
    try {
      return retry.inTransaction(
          locks -> {
            result.clear();
            result.add(work.run(locks));
            return result.get(0);
          });
    } catch (SQLException e) {
      boolean lost = SqlFailures.translate(e, "") instanceof UnavailableException;
      if (!lost || result.isEmpty() || !isCommitted(process, asking, e)) {
        throw e;
      }
      return result.get(0);
    }
  }

  private boolean isCommitted(int process, Asking asking, SQLException lost) {
    try {
      database.awaitReady(PATIENCE);
      return ask(process, asking).orElseThrow(() -> unknown(lost));
    } catch (SQLException e) {
      e.addSuppressed(lost);
      throw unknown(e);
    } catch (UnknownOutcomeException e) {
      throw e;
    } catch (OutgrowException e) {
      e.addSuppressed(lost);
      throw unknown(e);
    }
  }

  private Optional<Boolean> ask(int process, Asking asking) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '" + PATIENCE.toMillis() + "ms'");
      try {
        TargetClaim.end(connection, target, process);
        TargetClaim.await(connection, target);
        try {
          return asking.isDone(connection);
        } finally {
          TargetClaim.giveBack(connection, target);
        }
      } finally {
        statement.execute("RESET lock_timeout");
      }
    }
  }

  private UnknownOutcomeException unknown(Exception cause) {
    return new UnknownOutcomeException(
        "The connection was lost while " + what + ", and nothing tells whether that was done.",
        cause);
  }
}

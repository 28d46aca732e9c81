package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnknownOutcomeException;
import dev.outgrow.importer.plan.ImportNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out over another connection whether the last transaction of an import was committed whose
 * answer was lost. The session it ran in is ended first: as long as it has the claim on the target,
 * it may still be committing.
 */
final class Outcome {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Outcome() {}

  /**
   * Finds it out.
   *
   * @param process the process of the server that the lost session ran in
   * @param lost what was lost
   * @throws UnknownOutcomeException if nobody answers, or nothing tells
   */
  static boolean isCommitted(
      Database database, Staging staging, ImportNames names, int process, SQLException lost) {
    try {
      database.awaitReady(PATIENCE);
      return ask(database, staging, names, process).orElseThrow(() -> unknown(names, lost));
    } catch (SQLException e) {
      e.addSuppressed(lost);
      throw unknown(names, e);
    } catch (UnknownOutcomeException e) {
      throw e;
    } catch (OutgrowException e) {
      e.addSuppressed(lost);
      throw unknown(names, e);
    }
  }

  private static Optional<Boolean> ask(
      Database database, Staging staging, ImportNames names, int process) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '" + PATIENCE.toMillis() + "ms'");
      try {
        TargetClaim.end(connection, names.target(), process);
        TargetClaim.await(connection, names.target());
        try {
          return staging.isSwapped(connection, names);
        } finally {
          TargetClaim.giveBack(connection, names.target());
        }
      } finally {
        statement.execute("RESET lock_timeout");
      }
    }
  }

  private static UnknownOutcomeException unknown(ImportNames names, Exception cause) {
    return new UnknownOutcomeException(
        "The connection was lost while the import was swapped into schema "
            + names.target()
            + ", and nothing tells whether that was done.",
        cause);
  }
}

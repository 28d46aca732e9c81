package dev.outgrow.database;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Transactions on PostgreSQL: the driver begins them along with their first statement. */
final class PostgresBoundary implements Boundary {
  @Override
  public void begin(RunningTransaction tx) throws SQLException {
    tx.target().setAutoCommit(false);
    String beginning = beginning(tx.options());
    if (!beginning.isEmpty()) {
      Boundary.execute(tx.target(), beginning);
    }
  }

  /** What has to be set, in one go to the server; empty for the defaults of writing. */
  private static String beginning(TransactionOptions options) {
    StringBuilder sql = new StringBuilder();
    Optional<Isolation> level =
        options.readOnly()
            ? options.isolation().or(() -> Optional.of(Isolation.REPEATABLE_READ))
            : options.isolation();
    level.ifPresent(l -> sql.append("SET TRANSACTION ISOLATION LEVEL ").append(l.sql()));
    if (options.readOnly()) {
      sql.append(", READ ONLY");
    }
    options.statementTimeout().ifPresent(limit -> set(sql, "statement_timeout", limit));
    options.lockTimeout().ifPresent(limit -> set(sql, "lock_timeout", limit));
    return sql.toString();
  }

  private static void set(StringBuilder sql, String setting, Duration limit) {
    sql.append(sql.isEmpty() ? "" : ";").append("SET LOCAL ").append(setting);
    sql.append(" = ").append(limit.toMillis());
  }

  @Override
  public void commit(RunningTransaction tx) throws SQLException {
    tx.target().commit();
    tx.target().setAutoCommit(true);
  }

  @Override
  public void rollback(RunningTransaction tx) throws SQLException {
    tx.target().rollback();
    tx.target().setAutoCommit(true);
  }

  /** The server answers COMMIT with a rollback after a failed statement; the driver is silent. */
  @Override
  public void requireIntact(RunningTransaction tx) throws SQLException {
    if (driver(tx.target()).getTransactionState() == TransactionState.FAILED) {
      throw new SQLException(
          "one of its statements failed before, so that it cannot be committed",
          IN_FAILED_TRANSACTION);
    }
  }

  /** Takes a connection of its own, and returns when the server has passed it on. */
  @Override
  public void stop(RunningTransaction tx) throws SQLException {
    driver(tx.target()).cancelQuery();
  }

  /** A server that answered has rolled back; one that did not may have done either. */
  @Override
  public boolean isUnknown(RunningTransaction tx) throws SQLException {
    return tx.target().isClosed()
        || driver(tx.target()).getTransactionState() != TransactionState.IDLE;
  }

  @Override
  public OutgrowException explain(RunningTransaction tx, SQLException failure, Undo undo) {
    long nanos = tx.nanos();
    undo.because(failure);
    if (PostgresFailures.CANCELLED.equals(SqlFailures.first(failure).getSQLState())) {
      return stopped(tx, failure, Duration.ofNanos(nanos));
    }
    return SqlFailures.translate(failure, RunningTransaction.DOING, tx.target());
  }

  @Override
  public OutgrowException explainCommit(RunningTransaction tx, SQLException failure, Undo undo) {
    return explain(tx, failure, undo);
  }

  @Override
  public boolean guardsStatements(TransactionOptions options) {
    return false;
  }

  /**
   * The server has one code for being told to stop and for taking too long, and tells them apart
   * only in its own language. What did not last as long as the limit was told to.
   */
  private static OutgrowException stopped(
      RunningTransaction tx, SQLException failure, Duration lasted) {
    String what = RunningTransaction.DOING + " failed: " + SqlFailures.words(failure) + ".";
    try {
      Optional<Duration> limit = tx.options().statementTimeout();
      long millis = limit.isPresent() ? limit.get().toMillis() : sessionLimit(tx.target());
      if (millis > 0 && lasted.toMillis() >= millis) {
        return new TimeLimitException(
            Limit.STATEMENT,
            what,
            Remedies.of(Limit.STATEMENT),
            PostgresFailures.CANCELLED,
            failure);
      }
    } catch (SQLException noAnswer) {
      failure.addSuppressed(noAnswer);
    }
    return new CancelledException(what, "Begin it again when it suits; it left nothing.", failure);
  }

  private static long sessionLimit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'")) {
      answer.next();
      return answer.getLong(1);
    }
  }

  private static BaseConnection driver(Connection connection) throws SQLException {
    return connection.unwrap(BaseConnection.class);
  }
}

package dev.outgrow.database;

import dev.outgrow.database.violation.SqliteRules;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Transactions on SQLite. The driver's own commit and rollback begin the next transaction at once,
 * and can fail on that although they were done; so the SQL is said by hand.
 */
final class SqliteBoundary implements Boundary {
  private static final Duration SLICE = Duration.ofMillis(50);

  /** The lock for writing is taken at once: taken later, it could fail in the middle. */
  @Override
  public void begin(RunningTransaction tx) throws SQLException {
    if (tx.options().readOnly()) {
      Boundary.execute(tx.target(), "BEGIN");
      tx.hasBegun();
      return;
    }
    SQLiteConnection sqlite = driver(tx.target());
    int busyTimeoutMillis = sqlite.getBusyTimeout();
    try {
      takeLock(tx, sqlite, Duration.ofMillis(busyTimeoutMillis));
    } finally {
      sqlite.setBusyTimeout(busyTimeoutMillis);
    }
    tx.hasBegun();
    sqlite.addCommitListener(tx);
  }

  /** SQLite waits deaf, so it is given a little time again and again. */
  private void takeLock(RunningTransaction tx, SQLiteConnection sqlite, Duration busyTimeout)
      throws SQLException {
    Duration limit = tx.options().lockTimeout().orElse(busyTimeout);
    long start = System.nanoTime();
    for (; ; ) {
      Duration left = limit.minusNanos(System.nanoTime() - start);
      Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
      sqlite.setBusyTimeout(Math.toIntExact(Math.max(0, slice.toMillis())));
      try {
        Boundary.execute(tx.target(), "BEGIN IMMEDIATE");
        return;
      } catch (SQLiteException failure) {
        boolean busy =
            SqliteFailures.primary(failure.getResultCode()) == SQLiteErrorCode.SQLITE_BUSY;
        if (!busy || left.compareTo(SLICE) < 0) {
          throw failure;
        }
        tx.requireGoingOn();
      }
    }
  }

  @Override
  public void requireIntact(RunningTransaction tx) throws SQLException {
    if (tx.isGone()) {
      throw new SQLException(
          "one of its statements rolled it back, so that it cannot be committed",
          IN_FAILED_TRANSACTION);
    }
  }

  @Override
  public void commit(RunningTransaction tx) throws SQLException {
    Boundary.execute(tx.target(), "COMMIT");
    stopListening(tx);
  }

  /** SQLite itself has rolled back what was stopped while it wrote. */
  @Override
  public void rollback(RunningTransaction tx) throws SQLException {
    stopListening(tx);
    boolean rolledBack = tx.isStopped() && tx.isGone();
    if (tx.isBegun() && !rolledBack) {
      Boundary.execute(tx.target(), "ROLLBACK");
    }
  }

  private static void stopListening(RunningTransaction tx) throws SQLException {
    if (!tx.options().readOnly()) {
      driver(tx.target()).removeCommitListener(tx);
    }
  }

  @Override
  public void stop(RunningTransaction tx) throws SQLException {
    driver(tx.target()).getDatabase().interrupt();
  }

  /** There is no wire for an answer to be lost on. */
  @Override
  public boolean isUnknown(RunningTransaction tx) {
    return false;
  }

  @Override
  public OutgrowException explain(RunningTransaction tx, SQLException failure, Undo undo) {
    SQLException first = SqlFailures.first(failure);
    OutgrowException explained =
        first instanceof SQLiteException sqlite
                && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT
            ? new CancelledException(
                RunningTransaction.DOING + " failed: " + SqlFailures.words(first) + ".",
                "Begin it again when it suits; it left nothing.",
                failure)
            : SqlFailures.translate(failure, RunningTransaction.DOING, tx.target());
    undo.because(failure);
    return explained;
  }

  @Override
  public OutgrowException explainCommit(RunningTransaction tx, SQLException failure, Undo undo) {
    OutgrowException bare = SqlFailures.translate(failure, RunningTransaction.DOING);
    if (!(bare instanceof ConstraintException broken) || broken.kind() != Kind.FOREIGN_KEY) {
      return explain(tx, failure, undo);
    }
    ConstraintException explained = broken;
    try {
      explained =
          new ConstraintException(
              SqliteRules.brokenAtCommit(tx.target()),
              broken.what(),
              broken.remedy(),
              null,
              failure);
    } catch (SQLException noAnswer) {
      failure.addSuppressed(noAnswer);
    }
    undo.because(failure);
    return explained;
  }

  /**
   * A transaction that SQLite itself rolled back leaves a connection on which every statement would
   * be committed alone.
   */
  @Override
  public boolean guardsStatements(TransactionOptions options) {
    return !options.readOnly() || options.statementTimeout().isPresent();
  }

  private static SQLiteConnection driver(Connection connection) throws SQLException {
    return connection.unwrap(SQLiteConnection.class);
  }
}

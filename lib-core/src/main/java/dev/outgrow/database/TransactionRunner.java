package dev.outgrow.database;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnknownOutcomeException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work in transactions on connections of a pool. */
final class TransactionRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionRunner.class);

  private final Lender pool;
  private final Boundary boundary;
  private final Watch watch;
  private final Retrying retrying;

  private final @Nullable Turns turns;

  /**
   * Makes a runner.
   *
   * @param turns who writes next where only one can, else null
   */
  TransactionRunner(
      Lender pool, Boundary boundary, Watch watch, Retrying retrying, @Nullable Turns turns) {
    this.pool = pool;
    this.boundary = boundary;
    this.watch = watch;
    this.retrying = retrying;
    this.turns = turns;
  }

  <T extends @Nullable Object> T run(TransactionOptions options, TransactionWork<T> work) {
    Retry retry = options.retry();
    return retry.attempts() == 1
        ? attempt(options, work)
        : retrying.run(retry, () -> attempt(options, work));
  }

  private <T extends @Nullable Object> T attempt(
      TransactionOptions options, TransactionWork<T> work) {
    requireNotInterrupted();
    if (turns == null) {
      return onConnection(options, work);
    }
    turns.take(options, pool);
    try {
      return onConnection(options, work);
    } finally {
      turns.pass();
    }
  }

  private <T extends @Nullable Object> T onConnection(
      TransactionOptions options, TransactionWork<T> work) {
    Connection connection = borrow();
    RunningTransaction tx = new RunningTransaction(connection, boundary, options);
    watch.add(tx);
    try {
      return within(tx, work);
    } finally {
      tx.end();
      watch.remove(tx);
      giveBack(connection);
    }
  }

  private <T extends @Nullable Object> T within(RunningTransaction tx, TransactionWork<T> work) {
    T result = work(tx, work);
    try {
      boundary.commit(tx);
      return result;
    } catch (SQLException failure) {
      tx.end();
      throw commitFailed(tx, failure);
    }
  }

  private <T extends @Nullable Object> T work(RunningTransaction tx, TransactionWork<T> work) {
    try {
      boundary.begin(tx);
      T result = work.apply(tx);
      tx.seal();
      return result;
    } catch (SQLException failure) {
      tx.end();
      throw workFailed(tx, failure);
    } catch (RuntimeException failure) {
      tx.end();
      undo(tx, failure);
      OutgrowException stopped = tx.stopped(failure);
      throw stopped == null ? failure : stopped;
    } catch (Throwable failure) {
      tx.end();
      undo(tx, failure);
      throw failure;
    }
  }

  private OutgrowException workFailed(RunningTransaction tx, SQLException failure) {
    OutgrowException stopped = tx.stopped(failure);
    if (stopped != null) {
      undo(tx, failure);
      return stopped;
    }
    return boundary.explain(tx, failure, reason -> undo(tx, reason));
  }

  private OutgrowException commitFailed(RunningTransaction tx, SQLException failure) {
    // Where nothing was written, there is nothing to wonder about.
    if (!tx.options().readOnly() && isUnknown(tx, failure)) {
      pool.evict(tx.target());
      return new UnknownOutcomeException(
          RunningTransaction.DOING
              + " was sent to be committed and no answer came: "
              + SqlFailures.words(failure)
              + ".",
          failure);
    }
    return boundary.explainCommit(tx, failure, reason -> undo(tx, reason));
  }

  private boolean isUnknown(RunningTransaction tx, SQLException failure) {
    try {
      return boundary.isUnknown(tx);
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
      return true;
    }
  }

  private void undo(RunningTransaction tx, Throwable reason) {
    try {
      boundary.rollback(tx);
    } catch (SQLException failure) {
      reason.addSuppressed(failure);
      pool.evict(tx.target());
    }
  }

  private Connection borrow() {
    try {
      return pool.borrow();
    } catch (SQLException failure) {
      throw pool.refused(failure);
    }
  }

  /** What becomes of the connection changes nothing of what became of the transaction. */
  private void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException failure) {
      LOG.warn("A connection could not go back to its pool; it is thrown away", failure);
      pool.evict(connection);
    }
  }

  private static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(
          RunningTransaction.DOING + " was not begun: its thread is interrupted.",
          "Begin it again when it suits.",
          null);
    }
  }
}

package dev.outgrow.database;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import dev.outgrow.error.UnavailableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who writes next where one connection writes: those who wait take turns in the order they came.
 */
final class Turns {
  private final Semaphore turn = new Semaphore(1, true);
  private final Duration patience;
  private volatile @Nullable Thread holder;

  Turns(Duration patience) {
    this.patience = patience;
  }

  /** Waits for its turn, as long as for a lock or else as for a connection. */
  void take(TransactionOptions options, Lender pool) {
    if (holder == Thread.currentThread()) {
      throw new UnavailableException(
          "A transaction within a transaction would wait for itself: SQLite lets one write.",
          "Use the outer one, or its nested().",
          null);
    }
    if (!await(options.lockTimeout().orElse(patience))) {
      if (options.lockTimeout().isEmpty()) {
        throw pool.refused(new SQLTransientConnectionException("Another transaction writes"));
      }
      throw new TimeLimitException(
          Limit.LOCK,
          "A transaction waited " + options.lockTimeout().get() + " for another one to write.",
          Remedies.of(Limit.LOCK),
          null,
          null);
    }
    holder = Thread.currentThread();
  }

  void pass() {
    holder = null;
    turn.release();
  }

  private boolean await(Duration limit) {
    try {
      return turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "A transaction that waited for another one to write was interrupted.",
          "Begin it again when it suits.",
          interrupted);
    }
  }
}

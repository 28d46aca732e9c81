package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteCommitListener;

/** One attempt at a transaction: what it runs on, and whether it was told to stop. */
final class RunningTransaction implements Transaction, SQLiteCommitListener {
  static final String DOING = "A transaction";

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final Connection target;
  private final Boundary boundary;
  private final TransactionOptions options;
  private final Connection facade;
  private final Thread owner = Thread.currentThread();
  private final long began = System.nanoTime();
  private int nested;
  private boolean begun;

  // Written by other threads.
  private volatile @Nullable Stop stop;
  private volatile boolean gone;
  private volatile boolean over;
  private volatile long statementBegan;
  private volatile @Nullable SQLException stopFailure;

  // From here on nothing may stop it any more. Guarded by this.
  private boolean sealed;
  private long nextStop = began;
  private long pause = FIRST_PAUSE;

  RunningTransaction(Connection target, Boundary boundary, TransactionOptions options) {
    this.target = target;
    this.boundary = boundary;
    this.options = options;
    this.facade = ScopedConnection.of(this, boundary.guardsStatements(options));
  }

  @Override
  public Connection connection() {
    return facade;
  }

  @Override
  public <T extends @Nullable Object> T nested(TransactionWork<T> part) {
    String savepoint = "outgrow_" + ++nested;
    try {
      Boundary.execute(facade, "SAVEPOINT " + savepoint);
      T result = part.apply(this);
      Boundary.execute(facade, "RELEASE SAVEPOINT " + savepoint);
      return result;
    } catch (SQLException failure) {
      throw boundary.explain(this, failure, reason -> goBack(savepoint, reason));
    } catch (Throwable failure) {
      goBack(savepoint, failure);
      throw failure;
    }
  }

  @Override
  public void inNested(TransactionAction part) {
    nested(
        tx -> {
          part.apply(tx);
          return part;
        });
  }

  private void goBack(String savepoint, Throwable reason) {
    try {
      Boundary.execute(facade, "ROLLBACK TO SAVEPOINT " + savepoint);
      Boundary.execute(facade, "RELEASE SAVEPOINT " + savepoint);
    } catch (SQLException failure) {
      gone = true;
      reason.addSuppressed(failure);
    }
  }

  @Override
  public boolean cancel() {
    synchronized (this) {
      if (sealed) {
        return false;
      }
      if (stop == null) {
        stop = Stop.CANCELLED;
      }
      return true;
    }
  }

  /** Looks whether it has to be stopped, and does so, again and again until it has an effect. */
  void look(long now) {
    if (stop == null && !owner.isInterrupted() && !isLate(now)) {
      return;
    }
    synchronized (this) {
      if (sealed || now - nextStop < 0) {
        return;
      }
      if (stop == null) {
        stop = owner.isInterrupted() ? Stop.INTERRUPTED : Stop.STATEMENT_TIME;
      }
      nextStop = now + pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      try {
        boundary.stop(this);
      } catch (SQLException failure) {
        stopFailure = failure;
      }
    }
  }

  private boolean isLate(long now) {
    long since = statementBegan;
    return since != 0
        && options.statementTimeout().isPresent()
        && now - since > options.statementTimeout().get().toNanos();
  }

  /** Counts the time of a statement from now on. */
  void statementBegins() {
    statementBegan = System.nanoTime() | 1;
  }

  /** Counts no more. */
  void statementEnds() {
    statementBegan = 0;
  }

  /** From here on nothing stops it any more: it is going to be committed. */
  void seal() throws SQLException {
    requireGoingOn();
    synchronized (this) {
      requireGoingOn();
      boundary.requireIntact(this);
      sealed = true;
    }
  }

  /** Refuses if it was told to stop. */
  void requireGoingOn() throws SQLException {
    if (stop == null && owner.isInterrupted() && owner == Thread.currentThread()) {
      synchronized (this) {
        stop = stop == null ? Stop.INTERRUPTED : stop;
      }
    }
    if (stop != null) {
      throw new SQLException("The transaction was told to stop", PostgresFailures.CANCELLED);
    }
  }

  /** Refuses if its connection must not be used: it is over, told to stop, or rolled back. */
  void requireUsable() throws SQLException {
    if (over) {
      throw new SQLException(
          "The transaction is over; its connection belongs to the pool again", "25000");
    }
    if (gone) {
      throw new SQLException(
          "The transaction is rolled back already", Boundary.IN_FAILED_TRANSACTION);
    }
    if (stop != null) {
      throw new SQLException("The transaction was told to stop", PostgresFailures.CANCELLED);
    }
  }

  /** Lets go of the connection, which goes back to its pool. */
  void end() {
    synchronized (this) {
      sealed = true;
      over = true;
    }
  }

  /** Says why it was stopped, or null if it was not. */
  @Nullable OutgrowException stopped(Throwable cause) {
    Stop why = stop;
    if (why == null) {
      return null;
    }
    OutgrowException described = why.describe(cause);
    SQLException failed = stopFailure;
    if (failed != null) {
      described.addSuppressed(failed);
    }
    return described;
  }

  @Override
  public void onCommit() {}

  /** SQLite rolled back by itself: some failures end a transaction and not only a statement. */
  @Override
  public void onRollback() {
    gone = true;
  }

  Connection target() {
    return target;
  }

  TransactionOptions options() {
    return options;
  }

  /** How long it has lasted. */
  long nanos() {
    return System.nanoTime() - began;
  }

  void hasBegun() {
    begun = true;
  }

  boolean isBegun() {
    return begun;
  }

  boolean isOver() {
    return over;
  }

  boolean isGone() {
    return gone;
  }

  boolean isStopped() {
    return stop != null;
  }
}

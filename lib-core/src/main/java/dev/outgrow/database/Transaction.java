package dev.outgrow.database;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is running: what {@link Database#transaction} and {@link Database#read} hand
 * to their work.
 *
 * <p><em>Not thread-safe.</em> {@link #cancel} alone may be called by any thread.
 *
 * @since 0.1
 */
public interface Transaction {
  /**
   * Returns the connection that the transaction runs on. It refuses, with a {@link
   * java.sql.SQLException}, what would end the transaction behind its back: {@code commit}, {@code
   * rollback} (but to a savepoint), {@code setAutoCommit}, {@code close} and {@code abort}. It
   * refuses everything once the transaction is over, cancelled or rolled back by the database.
   */
  Connection connection();

  /**
   * Does a part of the work that can fail alone: behind a savepoint. If it throws, whatever it
   * throws, what it wrote is undone and the rest of the transaction stays as it was and can go on;
   * this is how a constraint that may be broken is tried.
   *
   * @return what the part returned
   * @throws dev.outgrow.error.OutgrowException what {@link SqlFailures} makes of a {@link
   *     java.sql.SQLException}; other exceptions of the part leave as they are
   */
  <T extends @Nullable Object> T nested(TransactionWork<T> part);

  /** Does a part without a result, as {@link #nested} does. */
  void inNested(TransactionAction part);

  /**
   * Cancels the transaction, from whatever thread: its running statement is stopped, everything is
   * rolled back, and who runs it gets a {@link dev.outgrow.error.CancelledException}. The same
   * happens when the thread that runs it is interrupted; it stays interrupted.
   *
   * @return whether that came in time; false where the transaction is being committed or over
   */
  boolean cancel();
}

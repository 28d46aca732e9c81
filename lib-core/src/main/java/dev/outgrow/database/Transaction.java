package dev.outgrow.database;

import java.sql.Connection;

/**
 * A transaction that is running: what {@link Database#transaction} and {@link Database#read} hand
 * to their work.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface Transaction {
  /**
   * Returns the connection that the transaction runs on. It refuses, with a {@link
   * java.sql.SQLException}, what would end the transaction behind its back: {@code commit}, {@code
   * rollback} (but to a savepoint), {@code setAutoCommit}, {@code close} and {@code abort}. It
   * refuses everything once the transaction is over.
   */
  Connection connection();
}

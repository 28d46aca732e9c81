package dev.outgrow.database;

import java.sql.SQLException;

/**
 * Work that is done in one transaction and gives nothing.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TransactionAction {
  /**
   * Does the work. Returning commits; throwing anything rolls back.
   *
   * @param tx the transaction, valid until this returns
   */
  void apply(Transaction tx) throws SQLException;
}

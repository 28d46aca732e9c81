package dev.outgrow.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done in one transaction and gives a result.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @param <T> what it gives
 * @since 0.1
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object> {
  /**
   * Does the work. Returning commits; throwing anything rolls back.
   *
   * @param tx the transaction, valid until this returns
   */
  T apply(Transaction tx) throws SQLException;
}

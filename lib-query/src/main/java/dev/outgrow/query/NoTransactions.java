package dev.outgrow.query;

import dev.outgrow.error.StatementException;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;

/** jOOQ would begin and end transactions behind the library's back. */
final class NoTransactions implements TransactionProvider {
  @Override
  public void begin(TransactionContext context) {
    throw new StatementException(
        "jOOQ's transaction() was called on a context of this library.",
        "Begin transactions with Database.transaction, and put jOOQ on them.",
        null,
        null);
  }

  @Override
  public void commit(TransactionContext context) {
    throw new IllegalStateException("No transaction was begun");
  }

  @Override
  public void rollback(TransactionContext context) {
    // Called after begin has refused: there is nothing to undo.
  }
}

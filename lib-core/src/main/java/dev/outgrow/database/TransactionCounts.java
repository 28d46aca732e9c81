package dev.outgrow.database;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts how transactions end. */
final class TransactionCounts {
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Runs a transaction and counts how it ended. */
  <T extends @Nullable Object> T counted(Supplier<T> transaction) {
    boolean done = false;
    try {
      T result = transaction.get();
      done = true;
      return result;
    } finally {
      (done ? completed : failed).increment();
    }
  }

  TransactionTotals totals() {
    return new TransactionTotals(completed.sum(), failed.sum());
  }
}

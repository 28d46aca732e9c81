package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.TransactionOverhead.Result;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchServer;
import org.junit.jupiter.api.Test;

/** The measurement measures what it says; that it is small is asked only where nobody waits. */
class TransactionOverheadTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");

  @Test
  void costsNextToNothingOverPlainJdbc() {
    try (ScratchServer server = ScratchServer.start();
        Database database = Database.open(server.url())) {
      TransactionOverhead overhead = new TransactionOverhead(database);
      overhead.measure(EXHAUSTIVE ? 40 : 2, 250);

      Result result = overhead.measure(EXHAUSTIVE ? 200 : 4, 250);

      // A figure of a JVM that is not warm yet would only mislead.
      if (EXHAUSTIVE) {
        TransactionOverhead.print(result, System.out);
      }
      assertThat(result.plainMicros()).isPositive();
      assertThat(result.ratio()).isBetween(0.5, EXHAUSTIVE ? 1.03 : 10);
    }
  }
}

package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures what it says; its bounds are asked only where nobody waits. */
class SwapBenchmarkTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int TABLES = EXHAUSTIVE ? 200 : 5;

  @TempDir private Path folder;

  @Test
  void keepsOthersFromTheTargetForAShortTime() throws SQLException {
    try (ScratchServer server = ScratchServer.start()) {
      SwapBenchmark benchmark = SwapBenchmark.of(server, folder, TABLES);
      SwapBenchmark.Result swap = benchmark.measure();
      JournalCost.Result journal = benchmark.journal();

      assertThat(swap.renameMillis()).isPositive();
      assertThat(swap.moveMillis()).isPositive();
      // One for each table, in the transaction that loads it, and a few for the import.
      assertThat(journal.alone()).isBetween(TABLES, 2 * TABLES + 40);
      // Small tables are made many at a time, with one statement for all of them.
      assertThat(journal.behind()).isBetween(1, TABLES + 40);
      if (EXHAUSTIVE) {
        swap.print(System.out);
        System.out.println(journal);
      }
    }
  }
}

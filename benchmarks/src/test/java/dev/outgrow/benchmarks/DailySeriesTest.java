package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.DailySeries.Result;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures what it says; that it is small is asked only where nobody waits. */
class DailySeriesTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int ROWS = EXHAUSTIVE ? 1_000_000 : 20_000;
  private static final int PAIRS = EXHAUSTIVE ? 11 : 3;

  @Test
  void costsNextToNothingOverSqlByHand(@TempDir Path folder) {
    try (ScratchServer server = ScratchServer.start();
        Database postgres = Database.open(server.url());
        Database sqlite = Database.open(DatabaseUrl.sqlite(folder.resolve("sessions.db")))) {
      DailySeries ofPostgres = new DailySeries(postgres, ROWS);
      check(ofPostgres.inNewYork(PAIRS), 1.1);
      check(ofPostgres.inUtc(PAIRS), 1.5);
      check(new DailySeries(sqlite, ROWS).inUtc(PAIRS), 1.5);
    }
  }

  private static void check(Result result, double most) {
    // A figure of a JVM that is not warm yet would only mislead.
    if (EXHAUSTIVE) {
      result.print(System.out);
    }
    assertThat(result.byHandMillis()).isPositive();
    assertThat(result.ratio()).isBetween(0.01, EXHAUSTIVE ? most : 100);
  }
}

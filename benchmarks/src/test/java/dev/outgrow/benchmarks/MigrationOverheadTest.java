package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.MigrationOverhead.Result;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures what it says; its bounds are asked only where nobody waits. */
class MigrationOverheadTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int MIGRATIONS = EXHAUSTIVE ? 500 : 5;
  private static final int PAIRS = EXHAUSTIVE ? 9 : 1;

  @TempDir private Path folder;

  @Test
  void costsLittleOverPlainFlywayOnPostgres() throws IOException, SQLException {
    try (ScratchServer server = ScratchServer.start()) {
      bound(MigrationOverhead.ofPostgres(server, folder, MIGRATIONS).measure(PAIRS));
    }
  }

  @Test
  void costsLittleOverPlainFlywayOnSqlite() throws IOException, SQLException {
    bound(MigrationOverhead.ofSqlite(folder, MIGRATIONS).measure(PAIRS));
  }

  private static void bound(Result result) {
    assertThat(result.plainMillis()).isPositive();
    assertThat(result.checkMillis()).isPositive();
    // A figure of a JVM that is not warm yet would only mislead.
    if (EXHAUSTIVE) {
      result.print(System.out);
      assertThat(result.ratio()).isBetween(0.3, 1.15);
      assertThat(result.queryMillis()).isLessThan(10);
    }
  }
}

package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to an import, and whenever: the target is what it was, or everything is there,
 * and the next import ends what was begun.
 */
@Tag("slow")
class FaultInjectionTest {
  private static final long SEED = Long.getLong("outgrow.fault.seed", 20261122);
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int CASES = EXHAUSTIVE ? 200 : 40;

  /** How much smaller the file is. */
  private static final int PART = EXHAUSTIVE ? 1 : 4;

  @TempDir private static Path folder;

  private static FaultServer server;
  private static Unharmed history;
  private static int takenOver;

  static List<FaultCase> cases() {
    return FaultCase.of(SEED, CASES);
  }

  @BeforeAll
  static void importUnharmed() throws IOException, SQLException {
    server = FaultServer.start(folder);
    for (Start start : Start.values()) {
      start.make(server);
    }
    history = Unharmed.make(server, folder.resolve("history"), PART);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheTargetAsItWasOrComplete(FaultCase fault) throws Exception {
    server.assumePossible(fault);
    takenOver += history.kill(fault);
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    try {
      assertThat(takenOver).as("tables that were not loaded again").isPositive();
    } finally {
      try {
        history.close();
      } finally {
        server.close();
      }
    }
  }
}

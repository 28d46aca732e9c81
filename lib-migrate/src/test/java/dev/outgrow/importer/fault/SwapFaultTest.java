package dev.outgrow.importer.fault;

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
 * The same at every place of the swap, which is too short to be met by chance: of a file with few
 * rows, since it takes as long with many.
 */
@Tag("slow")
class SwapFaultTest {
  private static final long SEED = Long.getLong("outgrow.fault.seed", 20261122);
  private static final int PART = 75;

  @TempDir private static Path folder;

  private static FaultServer server;
  private static Unharmed small;

  static List<FaultCase> swaps() {
    return FaultCase.ofSwaps(SEED, Boolean.getBoolean("outgrow.exhaustive"));
  }

  @BeforeAll
  static void importUnharmed() throws IOException, SQLException {
    server = FaultServer.start(folder);
    for (Start start : Start.values()) {
      start.make(server);
    }
    small = Unharmed.make(server, folder.resolve("small"), PART);
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void leavesTheTargetAsItWasOrComplete(FaultCase fault) throws Exception {
    server.assumePossible(fault);
    small.kill(fault);
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    try {
      small.close();
    } finally {
      server.close();
    }
  }
}

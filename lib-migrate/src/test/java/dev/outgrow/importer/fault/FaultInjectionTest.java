package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private static final int CASES = Boolean.getBoolean("outgrow.exhaustive") ? 200 : 40;

  private static final Map<Start, Trace> TRACES = new EnumMap<>(Start.class);
  private static final Map<Start, Picture> DONE = new EnumMap<>(Start.class);

  @TempDir private static Path folder;

  private static FaultServer server;
  private static History history;

  static List<FaultCase> cases() {
    return FaultCase.of(SEED, CASES);
  }

  @BeforeAll
  static void importUnharmed() throws IOException, SQLException {
    server = FaultServer.start(folder);
    history = History.make(folder.resolve("history.db"));
    for (Start start : Start.values()) {
      start.make(server);
      importUnharmed(start);
    }
  }

  private static void importUnharmed(Start start) throws IOException, SQLException {
    String name = "unharmed_" + start.template();
    server.execute(
        "postgres",
        "CREATE DATABASE " + name + " TEMPLATE " + start.template() + " OWNER " + FaultServer.USER);
    Trace trace = new Trace();
    try (FaultProxy proxy = FaultProxy.open(server.port(), Trigger.never())) {
      ProgressListener listener = progress -> trace.add(progress, proxy);
      DyingImport.run(
          history.file(), FaultRun.url(proxy.port(), name), start, new Cancellation(), listener);
    }
    TRACES.put(start, trace);
    try (Connection connection = server.admin(name)) {
      DONE.put(start, Picture.of(connection).ofAnyImport());
      for (String table : History.TABLES) {
        String sql = "SELECT * FROM " + start.schema() + "." + table + " ORDER BY id";
        assertThat(History.rows(connection, sql)).isEqualTo(history.rows(table));
      }
    }
    server.execute("postgres", "DROP DATABASE " + name);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheTargetAsItWasOrComplete(FaultCase fault) throws Exception {
    Trace trace = TRACES.getOrDefault(fault.start(), new Trace());
    Picture done = DONE.getOrDefault(fault.start(), new Picture(List.of()));
    assumeTrue(
        fault.kind() != FaultKind.DISK_FULL || server.canLackRoom(),
        "neither a file system in memory nor a limit to files can be had");
    new FaultRun(server, history, fault, trace, done).run();
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    try {
      history.close();
    } finally {
      server.close();
    }
  }
}

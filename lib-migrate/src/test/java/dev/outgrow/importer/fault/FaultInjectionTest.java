package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.importer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final Map<Start, FaultRun.Done> DONE = new EnumMap<>(Start.class);

  @TempDir private static Path folder;

  private static FaultServer server;
  private static History whole;
  private static History orphaned;
  private static int takenOver;

  static List<FaultCase> cases() {
    return FaultCase.of(SEED, CASES);
  }

  @BeforeAll
  static void importUnharmed() throws IOException, SQLException {
    server = FaultServer.start(folder);
    whole = History.make(folder.resolve("history.db"), false);
    orphaned = History.make(folder.resolve("orphaned.db"), true);
    for (Start start : Start.values()) {
      start.make(server);
      importUnharmed(start);
    }
  }

  private static History history(Start start) {
    return start.rejects() ? orphaned : whole;
  }

  private static void importUnharmed(Start start) throws IOException, SQLException {
    String name = "unharmed_" + start.template();
    server.execute(
        "postgres",
        "CREATE DATABASE " + name + " TEMPLATE " + start.template() + " OWNER " + FaultServer.USER);
    RejectFolder rejects = new RejectFolder(folder.resolve(name));
    DyingImport unharmed = new DyingImport(history(start).file(), rejects.path(), start);
    Trace trace = new Trace();
    try (FaultProxy proxy = FaultProxy.open(server.port(), Trigger.never())) {
      ProgressListener listener = progress -> trace.add(progress, proxy);
      unharmed.run(FaultRun.url(proxy.port(), name), carry -> carry, listener);
    }
    try (Connection connection = server.admin(name)) {
      Picture picture = Picture.of(connection).ofAnyImport();
      DONE.put(start, new FaultRun.Done(trace, picture, rejects.files()));
      assertThat(rejects.files().isEmpty()).isEqualTo(!start.rejects());
      for (String table : History.TABLES) {
        String sql = "SELECT * FROM " + start.schema() + "." + table + " ORDER BY id";
        assertThat(History.rows(connection, sql)).isEqualTo(history(start).rows(table));
      }
    }
    server.execute("postgres", "DROP DATABASE " + name);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheTargetAsItWasOrComplete(FaultCase fault) throws Exception {
    assumeTrue(
        fault.kind() != FaultKind.DISK_FULL || server.canLackRoom(),
        "neither a file system in memory nor a limit to files can be had");
    FaultRun.Done done = Objects.requireNonNull(DONE.get(fault.start()));
    takenOver += new FaultRun(server, history(fault.start()), folder, fault, done).run();
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    try {
      assertThat(takenOver).as("tables that were not loaded again").isPositive();
    } finally {
      try {
        orphaned.close();
        whole.close();
      } finally {
        server.close();
      }
    }
  }
}

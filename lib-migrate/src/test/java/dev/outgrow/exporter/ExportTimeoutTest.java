package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An export that takes too long is ended, whatever it is at, and leaves what was there. */
class ExportTimeoutTest extends ExportFixture {
  private Path file;
  private SqliteExport export;

  @BeforeEach
  void beginWithAFormerFile() throws SQLException {
    server.execute("CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) i");
    file = folder.resolve("app.db");
    try (Connection connection = SqliteFiles.open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE former(a)");
    }
    export = SqliteExport.from(server.database()).into(file).replace(true);
  }

  private void assertAsBefore() throws IOException, SQLException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    try (Connection connection = SqliteFiles.open(file)) {
      assertThat(TwoFiles.column(connection, "SELECT name FROM sqlite_master"))
          .containsExactly("former");
    }
  }

  @Test
  void isWokenFromWaitingForALock() throws SQLException, IOException {
    try (Connection other = server.database().ownConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");

      assertThatThrownBy(() -> export.timeout(Duration.ofMillis(300)).run())
          .isInstanceOf(TimeLimitException.class)
          .hasMessageContaining("took longer than PT0.3S")
          .hasMessageContaining("no file was made");
    }
    assertAsBefore();
    assertThat(export.timeout(Duration.ofMinutes(5)).run().rows()).isEqualTo(1_000);
  }

  /** Whoever is told of a phase takes so long that the time is up in it. */
  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"LOAD", "INDEX", "VERIFY"})
  void isEndedInEveryPhase(Phase phase) throws IOException, SQLException {
    Duration time = Duration.ofMillis(400);

    assertThatThrownBy(
            () ->
                export
                    .timeout(time)
                    .onProgress(
                        p -> {
                          if (p.event() == Event.PHASE_BEGINS && p.phase() == phase) {
                            waitFor(time);
                          }
                        })
                    .run())
        .isInstanceOf(TimeLimitException.class);
    assertAsBefore();
  }

  private static void waitFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P8D"})
  void aTimeThatIsNoneIsRefused(String time) {
    assertThatThrownBy(() -> export.timeout(Duration.parse(time)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("timeout")
        .hasMessageContaining("1 ms to ");
  }
}

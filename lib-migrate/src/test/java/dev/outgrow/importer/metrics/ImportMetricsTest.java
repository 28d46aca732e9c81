package dev.outgrow.importer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportMetricsTest {
  @TempDir private Path folder;
  private final Database database = SharedServer.create();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void drop() {
    SharedServer.drop(database);
  }

  private SqliteImport measured() throws SQLException {
    return SqliteImport.from(
            SqliteFiles.make(
                folder.resolve("secret-place" + System.nanoTime() + ".db"),
                "CREATE TABLE plays(id INTEGER PRIMARY KEY)",
                "INSERT INTO plays VALUES (1), (2), (3)"))
        .into(database)
        .onProgress(ImportMetrics.listener(registry, "app", "history"));
  }

  @Test
  void measuresPhasesAndTables() throws SQLException {
    ImportReport report = measured().run();

    assertThat(
            registry
                .get("outgrow.import.phase")
                .tags("phase", "swap", "app", "history")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("outgrow.import.table")
                .tags("phase", "verify", "table", "plays")
                .timer()
                .totalTime(TimeUnit.NANOSECONDS))
        .isPositive();
    assertThat(
            registry
                .get("outgrow.import.rows")
                .tags("phase", "load", "table", "plays")
                .counter()
                .count())
        .isEqualTo(3);
    assertThat(registry.get("outgrow.import.bytes").tag("table", "plays").counter().count())
        .isEqualTo((double) report.bytes());
    assertThat(registry.get("outgrow.imports").tag("outcome", "completed").counter().count())
        .isEqualTo(1);
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .noneMatch(id -> id.toString().contains("secret"));
    assertThat(registry.getMeters())
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(Tag::getKey)
        .containsOnly("app", "phase", "table", "outcome");
  }

  @Test
  void countsWhatFails() throws SQLException {
    measured().run();
    SqliteImport again = measured();

    assertThatThrownBy(again::run).hasMessageContaining("plays");
    assertThat(registry.get("outgrow.imports").tag("outcome", "failed").counter().count())
        .isEqualTo(1);
  }
}

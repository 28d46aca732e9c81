package dev.outgrow.importer.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.report.ImportReport;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of Flight Recorder holds of an import. */
class FlightRecordingTest {
  private static final String PHASE = "dev.outgrow.ImportPhase";
  private static final String TABLE = "dev.outgrow.ImportTable";

  @TempDir private Path folder;
  private final Database database = SharedServer.create();

  @AfterEach
  void drop() {
    SharedServer.drop(database);
  }

  private SqliteImport source() throws Exception {
    return SqliteImport.from(
            SqliteFiles.make(
                folder.resolve("source.db"),
                "CREATE TABLE plays(id INTEGER PRIMARY KEY)",
                "INSERT INTO plays VALUES (1), (2), (3)"))
        .into(database);
  }

  @Test
  void holdsPhasesAndTables() throws Exception {
    Path file = folder.resolve("import.jfr");
    ImportReport report;
    try (Recording recording = new Recording()) {
      recording.start();
      report = source().run();
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> phases = events(file, PHASE);
    assertThat(phases)
        .extracting(e -> e.getString("phase"))
        .containsExactlyElementsOf(report.phases().stream().map(p -> p.phase().word()).toList());
    assertThat(phases).allMatch(e -> e.getBoolean("completed"));
    List<RecordedEvent> tables = events(file, TABLE);
    assertThat(tables)
        .extracting(
            e -> e.getString("phase") + " " + e.getString("table") + " " + e.getLong("rows"))
        .containsExactly("load plays 3", "verify plays 3");
    assertThat(tables.get(0).getLong("bytes")).isEqualTo(report.bytes()).isPositive();
    assertThat(tables.get(0).getDuration()).isPositive();
  }

  @Test
  void holdsWhatWasNotCompleted() throws Exception {
    Path file = folder.resolve("import.jfr");
    SqliteImport broken =
        source()
            .onProgress(
                p -> {
                  if (p.phase() == Phase.LOAD) {
                    throw new IllegalStateException("enough");
                  }
                });
    try (Recording recording = new Recording()) {
      recording.start();
      assertThatThrownBy(broken::run).hasMessage("enough");
      recording.stop();
      recording.dump(file);
    }

    assertThat(events(file, PHASE))
        .extracting(e -> e.getString("phase") + " " + e.getBoolean("completed"))
        .containsExactly("survey true", "prepare true", "load false");
  }

  @Test
  @Tag("slow")
  void neitherItNorMicrometerIsNeeded() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("child.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY)",
            "INSERT INTO t VALUES (1)");
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules",
            "java.sql,java.naming,java.management,java.security.sasl,java.security.jgss",
            "-cp",
            withoutMicrometer(),
            WithoutExtras.class.getName(),
            file.toString(),
            database.url().toString().replace(":***", ""));
    child.environment().put("PGPASSFILE", SharedServer.passwordFile().toString());
    Process process = child.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains(
            "verified true, told true",
            "jdk.jfr false",
            "Measuring an import needs Micrometer, which is missing.");
  }

  private static String withoutMicrometer() {
    return String.join(
        File.pathSeparator,
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
            .filter(entry -> !entry.contains("micrometer"))
            .toList());
  }

  private static List<RecordedEvent> events(Path file, String name) throws Exception {
    return RecordingFile.readAllEvents(file).stream()
        .filter(e -> e.getEventType().getName().equals(name))
        .sorted(Comparator.comparing(RecordedEvent::getEndTime))
        .toList();
  }
}

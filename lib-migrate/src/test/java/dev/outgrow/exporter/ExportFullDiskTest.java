package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fault.SmallDisk;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk that is full leaves the former file, and nothing beside it. */
@Tag("slow")
class ExportFullDiskTest extends ExportFixture {
  private static final int MEGABYTES = 24;

  private Path place;
  private @Nullable SmallDisk disk;
  private Path file;
  private byte[] former;

  @BeforeEach
  void mount() throws IOException, SQLException {
    place = Files.createDirectory(folder.resolve("disk"));
    disk = SmallDisk.mount(place, folder.resolve("log"), MEGABYTES);
    assumeTrue(disk != null, "no file system can be mounted here");
    file = SqliteFiles.make(place.resolve("app.db"), "CREATE TABLE former(x)");
    former = Files.readAllBytes(file);
    server.execute(
        "CREATE TABLE plays(id bigint PRIMARY KEY, title text UNIQUE)",
        "INSERT INTO plays SELECT i, md5(i::text) FROM generate_series(1, 100000) i");
  }

  private SmallDisk disk() {
    return Objects.requireNonNull(disk);
  }

  @AfterEach
  void unmount() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  private SqliteExport export() {
    return SqliteExport.from(server.database()).into(file).replace(true);
  }

  private void fill(long left) {
    try {
      disk().fill(left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertAsBefore() throws IOException {
    assertThat(file).hasBinaryContent(former);
    try (Stream<Path> left = Files.list(place)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("app.db", "ballast");
    }
  }

  @Test
  void roomIsMadeSureOfFirst() throws IOException {
    disk().fill(100_000);
    AtomicInteger told = new AtomicInteger();
    assertThatThrownBy(() -> export().onProgress(at -> told.incrementAndGet()).run())
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("has room for");
    assertThat(told).hasValue(0);
    assertAsBefore();
    assertThat(export().plan().bytesFree()).isLessThan(export().plan().bytesNeeded());
  }

  @Test
  void aDiskThatIsFullWhileRowsAreWrittenIsSaid() throws IOException {
    assertThatThrownBy(() -> fullAt(Phase.LOAD, Event.ROWS))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining(file + " could not be written: No space left on device");
    assertAsBefore();
    disk().free();
    assertThat(export().run().verified()).isTrue();
  }

  @Test
  void aDiskThatIsFullWhileIndexesAreMadeIsSaid() throws IOException {
    assertThatThrownBy(() -> fullAt(Phase.INDEX, Event.PHASE_BEGINS))
        .isInstanceOf(OutgrowException.class)
        .hasMessageContaining("full");
    assertAsBefore();
  }

  private void fullAt(Phase phase, Event event) {
    export()
        .onProgress(
            at -> {
              if (at.phase() == phase && at.event() == event) {
                fill(0);
              }
            })
        .run();
  }
}

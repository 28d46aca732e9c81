package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files and probes go a second time into the tables that they themselves became. */
@Tag("slow")
class IntoExistingSharedTest extends PostgresFixture {
  private static final Path DATA =
      Path.of(System.getProperty("outgrow.shared", "no-shared-data")).resolve("data");

  static List<Path> files() throws IOException {
    List<Path> files = List.of(DATA); // one visible skip
    if (Files.isDirectory(DATA)) {
      try (Stream<Path> chinook = Files.list(DATA.resolve("chinook"));
          Stream<Path> probes = Files.list(DATA.resolve("probes"))) {
        files =
            Stream.concat(chinook, probes)
                .filter(f -> f.toString().matches(".*\\.(db|sqlite)"))
                .sorted()
                .toList();
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileGoesIntoTheTablesThatItBecame(Path file) {
    assumeTrue(Files.isRegularFile(file), "no shared data beside this project");
    Optional<ImportReport> made = made(file);
    assumeTrue(made.isPresent() && !made.get().tables().isEmpty(), "nothing to load into");

    ImportReport report =
        SqliteImport.from(file)
            .into(database)
            .intoExisting(true)
            .replace(true)
            .orphans(Orphans.KEEP)
            .run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rowsVerified()).isEqualTo(made.get().rowsVerified());
    assertThat(report.tables()).hasSameSizeAs(made.get().tables());
  }

  private Optional<ImportReport> made(Path file) {
    try {
      return Optional.of(SqliteImport.from(file).into(database).orphans(Orphans.KEEP).run());
    } catch (OutgrowException e) {
      return Optional.empty(); // a malformed one, which other tests are about
    }
  }
}

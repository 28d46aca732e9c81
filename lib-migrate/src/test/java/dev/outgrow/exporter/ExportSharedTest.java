package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files and probes go into PostgreSQL and come back. */
@Tag("slow")
class ExportSharedTest extends ExportFixture {
  private static final Path DATA =
      Path.of(System.getProperty("outgrow.shared", "no-shared-data")).resolve("data");

  static List<Path> files() throws IOException {
    if (!Files.isDirectory(DATA)) {
      return List.of(DATA); // one visible skip
    }
    try (Stream<Path> all = Files.walk(DATA)) {
      return all.filter(f -> f.toString().matches(".*\\.(db|sqlite)"))
          .filter(f -> !f.toString().contains("_antifor")) // made to be wrong
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileComesBackLikeTheFormerOne(Path file) throws SQLException {
    ImportReport imported = imported(file);
    Path back = folder.resolve("back.db");

    ExportReport report = SqliteExport.from(server.database()).into(back).like(file).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rows()).isEqualTo(imported.rowsVerified());
    assertThat(TwoFiles.differences(file, back, tables(imported), named(imported, report)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileComesBackWithADiscoveredSchema(Path file) throws SQLException {
    ImportReport imported = imported(file);
    Path back = folder.resolve("back.db");

    assumeTrue(
        !file.endsWith("text_in_blob.db"), "PostgreSQL's bytes do not say which were text once");
    ExportReport report = SqliteExport.from(server.database()).into(back).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rows()).isEqualTo(imported.rowsVerified());
    assertThat(TwoFiles.differences(file, back, tables(imported), named(imported, report)))
        .isEmpty();
  }

  private static List<String> tables(ImportReport imported) {
    return imported.tables().stream().map(TableReport::name).toList();
  }

  /** What one of the two reports says is written in another way. */
  private static Set<String> named(ImportReport imported, ExportReport exported) {
    Set<String> named = new HashSet<>();
    Stream.concat(imported.changedTypes().stream(), exported.changedTypes().stream())
        .forEach(c -> named.add((c.table() + "." + c.column()).toLowerCase(Locale.ROOT)));
    return named;
  }

  private ImportReport imported(Path file) {
    assumeTrue(Files.isRegularFile(file), "no shared data beside this project");
    Optional<ImportReport> imported;
    try {
      imported =
          Optional.of(SqliteImport.from(file).into(server.database()).orphans(Orphans.KEEP).run());
    } catch (OutgrowException e) {
      imported = Optional.empty(); // a malformed one, which other tests are about
    }
    assumeTrue(imported.isPresent(), "not a valid file");
    return imported.orElseThrow();
  }
}

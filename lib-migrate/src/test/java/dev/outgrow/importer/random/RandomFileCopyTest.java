package dev.outgrow.importer.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.file.FileDump;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever a file holds and however it is declared: another SQLite file gets all of it. */
class RandomFileCopyTest {

  @Provide
  Arbitrary<RandomFile> files() {
    return RandomFiles.files();
  }

  @Property(tries = 40, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
  void everythingInAFileArrives(@ForAll("files") RandomFile thrown) throws Exception {
    carryAndCompare(thrown);
  }

  @AddLifecycleHook(RandomSchemaTest.Exhaustive.class)
  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void everythingInManyFilesArrives(@ForAll("files") RandomFile thrown) throws Exception {
    carryAndCompare(thrown);
  }

  private static void carryAndCompare(RandomFile thrown) throws SQLException, IOException {
    Path folder = Files.createTempDirectory("outgrow-random-copy");
    Path source = folder.resolve("source.db");
    Path target = folder.resolve("target.db");
    try {
      thrown.make(source);
      byte[] before = Files.readAllBytes(source);
      try (Database database = Database.open(DatabaseUrl.sqlite(target))) {
        SqliteImport carrying = SqliteImport.from(source).into(database).orphans(Orphans.KEEP);
        ImportReport report = carrying.run();
        assertThat(report.verified()).isTrue();
        assertThat(carrying.verify().verified()).isTrue();
      }
      assertThat(FileDump.of(target)).isEqualTo(FileDump.of(source));
      assertThat(Files.readAllBytes(source)).isEqualTo(before);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}

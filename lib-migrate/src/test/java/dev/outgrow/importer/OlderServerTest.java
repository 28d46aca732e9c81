package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.PostgresCatalog;
import dev.outgrow.importer.fixture.DebianServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An import into the PostgreSQL of Debian's packages, where they are installed. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class OlderServerTest {
  @TempDir private Path folder;

  @Test
  void anImportArrivesOnAnOlderServer() throws Exception {
    Optional<Path> programs = DebianServer.programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL from Debian's packages here");
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE p(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL, b REAL, c BLOB, d NUMERIC, UNIQUE (a))",
            "INSERT INTO p VALUES (7, 'ä', 0.1, x'00ff', 1.5), (9, '', 9e999, NULL, -9e999)",
            "CREATE TABLE c(p INTEGER REFERENCES p ON DELETE CASCADE, v TEXT DEFAULT 'x')",
            "INSERT INTO c VALUES (7, 'y'), (NULL, NULL)",
            "CREATE INDEX by_v ON c(v DESC)",
            "CREATE TABLE large(id INTEGER PRIMARY KEY, b BLOB, t TEXT)",
            "INSERT INTO large VALUES (1, zeroblob(5000000), hex(randomblob(1000000))), (2, x'01', 'x')");
    try (DebianServer server = DebianServer.start(programs.get());
        Database database = Database.open(server.url())) {
      ImportReport report = SqliteImport.from(file).into(database).run();

      assertThat(report.verified()).isTrue();
      assertThat(SqliteImport.from(file).into(database).verify().verified()).isTrue();
      SqliteImport again = SqliteImport.from(file).into(database).intoExisting(true);
      assertThat(again.replace(true).run().verified()).isTrue();
      assertThat(again.verify().verified()).isTrue();
      Schema schema = database.read(tx -> PostgresCatalog.read(tx.connection(), "public"));
      Table child = schema.table("c").orElseThrow();
      assertThat(child.foreignKeys()).hasSize(1);
      assertThat(child.indexes()).hasSize(1);
      assertThat(database.describe()).doesNotContain("18.");
    }
  }
}

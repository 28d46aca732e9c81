package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.exporter.SqliteExport;
import dev.outgrow.importer.fixture.DebianServer;
import dev.outgrow.importer.fixture.MovingMoney;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While another process writes, a backup and an export of PostgreSQL show one moment. */
@Tag("slow")
class OneMomentTest {
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  private void look(Database database, Database other) throws Exception {
    DumpBackupTest.execute(database, MovingMoney.tables());
    try (MovingMoney process = MovingMoney.start(database.url())) {
      for (int i = 0; i < ROUNDS; i++) {
        Backups backups =
            Backups.of(database).into(folder.resolve("b")).builtInCopy(BuiltInCopy.ALLOWED);
        Backup backup = backups.create();
        backups.verify(backup.file());
        Backups.of(other)
            .into(folder.resolve("b"))
            .restore(backup.file(), i == 0 ? "" : Backups.name(other));
        try (Connection connection = other.connection()) {
          assertThat(TestDatabase.column(connection, MovingMoney.sum())).containsExactly("0");
        }
        Path file = folder.resolve("export" + i + ".db");
        SqliteExport.from(database).into(file).run();
        try (Connection connection = SqliteFiles.open(file)) {
          assertThat(TestDatabase.column(connection, MovingMoney.sum())).containsExactly("0");
        }
      }
      assertThat(process.isWriting()).isTrue();
    }
  }

  @Test
  void ofTheEmbeddedServerByTheBuiltInCopy() throws Exception {
    try (TestDatabase database = TestDatabase.start();
        TestDatabase other = TestDatabase.start()) {
      look(database.database(), other.database());
    }
  }

  @Test
  void ofDebiansServerByPgDump() throws Exception {
    Optional<Path> programs = DebianServer.programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL from Debian's packages here");
    try (DebianServer server = DebianServer.start(programs.get());
        Database database = Database.open(server.url())) {
      DumpBackupTest.execute(database, "CREATE DATABASE other");
      DatabaseUrl url = DatabaseUrl.parse(server.url()).withDatabase("other");
      try (Database other = Database.open(url)) {
        look(database, other);
      }
    }
  }
}

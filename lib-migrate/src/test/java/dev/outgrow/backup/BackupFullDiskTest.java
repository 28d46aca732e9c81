package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.fault.SmallDisk;
import dev.outgrow.importer.fixture.DebianServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: the error says so, no backup is half there, no target is changed. */
@Tag("slow")
class BackupFullDiskTest {
  private static final int MEGABYTES = 8;

  @TempDir private Path folder;
  private Path place;
  private @Nullable SmallDisk disk;

  @BeforeEach
  void mount() throws IOException {
    place = Files.createDirectory(folder.resolve("disk"));
    disk = SmallDisk.mount(place, folder.resolve("log"), MEGABYTES);
    assumeTrue(disk != null, "no file system can be mounted here");
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

  /** More than the disk has, whatever compresses it. */
  private static String[] manyRows(String integers) {
    return new String[] {
      "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)", "INSERT INTO t " + integers
    };
  }

  private void assertNothingIsMadeOf(Database database) throws IOException {
    Path backups = place.resolve("backups");
    Backups careless =
        Backups.of(database)
            .into(backups)
            .builtInCopy(BuiltInCopy.ALLOWED)
            .with(o -> o.room = f -> Long.MAX_VALUE);
    assertThatThrownBy(careless::create)
        .isInstanceOf(OutgrowException.class)
        .hasMessageMatching("(?s).*(No space left on device|disk is full).*");
    try (Stream<Path> files = Files.list(backups)) {
      assertThat(files.map(BackupFolder::name)).containsExactly(".outgrow-backups.lock");
    }
    assertThatThrownBy(Backups.of(database).into(backups).builtInCopy(BuiltInCopy.ALLOWED)::create)
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("there is room for");
  }

  @Test
  void noBackupOfSqliteIsHalfThere() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            manyRows(
                "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) SELECT i,"
                    + " hex(randomblob(600)) FROM n"));
    try (Database database = Database.open(DatabaseUrl.sqlite(file))) {
      assertNothingIsMadeOf(database);
    }
  }

  private static String ofServer() {
    return "SELECT i, (SELECT string_agg(md5(i || ':' || k), '') FROM generate_series(1, 60) k)"
        + " FROM generate_series(1, 12000) i";
  }

  @Test
  void noBuiltInCopyIsHalfThere() throws Exception {
    try (TestDatabase database = TestDatabase.start()) {
      database.execute(manyRows(ofServer()));
      assertNothingIsMadeOf(database.database());
    }
  }

  @Test
  void noDumpIsHalfThere() throws Exception {
    Optional<Path> programs = DebianServer.programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL from Debian's packages here");
    try (DebianServer server = DebianServer.start(programs.get());
        Database database = Database.open(server.url())) {
      DumpBackupTest.execute(database, manyRows(ofServer()));
      assertNothingIsMadeOf(database);
    }
  }

  @Test
  void aFileThatARestoreHasNoRoomForIsAsItWas() throws Exception {
    Path large =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE t(a, b)",
            "INSERT INTO t VALUES (1, randomblob(3000000))");
    Path there = SqliteFiles.make(place.resolve("app.db"), "CREATE TABLE mine(a)");
    SqliteFiles.make(there, "INSERT INTO mine VALUES (7)");
    Path backups = folder.resolve("backups");
    Backup backup;
    try (Database database = Database.open(DatabaseUrl.sqlite(large))) {
      backup = Backups.of(database).into(backups).create();
    }
    try (Database database = Database.open(DatabaseUrl.sqlite(there))) {
      Backups into = Backups.of(database).into(backups);
      Backups filling =
          into.onProgress(
              at -> {
                if (at.phase() == BackupProgress.Phase.COMMIT) {
                  fill(200_000);
                }
              });
      assertThatThrownBy(() -> filling.restore(backup.file(), "app.db"))
          .isInstanceOf(OutgrowException.class)
          .hasMessageContaining("is full");
      assertMine(database);
      assertThatThrownBy(() -> into.restore(backup.file(), "app.db"))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("there is room for");
      assertMine(database);
      disk().free();
      into.restore(backup.file(), "app.db");
    }
  }

  private void fill(long left) {
    try {
      disk().fill(left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertMine(Database database) throws SQLException {
    try (Connection connection = database.connection()) {
      assertThat(TestDatabase.column(connection, "SELECT a FROM mine")).containsExactly("7");
    }
  }
}

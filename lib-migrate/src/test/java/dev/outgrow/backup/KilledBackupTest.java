package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.fixture.DebianServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups and restores that are killed with SIGKILL: no half-written file has a final name, no
 * target is changed, and what was left is gone after the next run.
 */
@Tag("slow")
class KilledBackupTest {
  private static final int INSTANTS = Boolean.getBoolean("outgrow.exhaustive") ? 30 : 5;

  @TempDir private Path folder;

  @Test
  void ofSqlite() throws Exception {
    Path file = folder.resolve("app.db");
    SqliteFiles.make(
        file,
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b)",
        "CREATE TABLE c(d)",
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO a SELECT i, hex(i) FROM n");
    try (Database database = Database.open(DatabaseUrl.sqlite(file))) {
      killAndLook(
          database, "SELECT count(*) || ':' || sum(id) FROM a", "DELETE FROM a WHERE id < 99");
    }
  }

  @Test
  void ofPostgresql() throws Exception {
    Optional<Path> programs = DebianServer.programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL from Debian's packages here");
    try (DebianServer server = DebianServer.start(programs.get());
        Database database = Database.open(server.url())) {
      DumpBackupTest.execute(database, SampleSchema.statements());
      killAndLook(
          database,
          "SELECT count(*) || ':' || sum(id) FROM play",
          "DELETE FROM play WHERE id < 99");
    }
  }

  @Test
  void ofPostgresqlWithoutItsPrograms() throws Exception {
    try (TestDatabase server = TestDatabase.start()) {
      server.execute(SampleSchema.statements());
      killAndLook(
          server.database(),
          "SELECT count(*) || ':' || sum(id) FROM play",
          "DELETE FROM play WHERE id < 99");
    }
  }

  private void killAndLook(Database database, String question, String change) throws Exception {
    Path place = folder.resolve("backups");
    Backups backups = Backups.of(database).into(place).builtInCopy(BuiltInCopy.ALLOWED);
    Backup whole = backups.create();
    for (int instant : instants(events(database, place))) {
      String last = DyingBackup.killed(database, place, instant);
      assertThat(last).startsWith("at ");
      List<Backup> there = backups.list();
      assertThat(backups.unreadable()).as(last).isEmpty();
      for (Backup each : there) {
        assertThat(Files.size(each.file())).as(last).isEqualTo(each.manifest().size());
      }
      backups.verify(there.get(there.size() - 1).file());
    }
    execute(database, change);
    String before = answer(database, question);
    for (int instant : instants(events(database, place, whole.file().toString()))) {
      String last = DyingBackup.killed(database, place, instant, whole.file().toString());
      assertThat(last).startsWith("at ").isNotEqualTo("at DONE ");
      assertThat(answer(database, question)).as(last).isEqualTo(before);
    }
    backups.restore(whole.file(), Backups.name(database));
    assertThat(answer(database, question)).isNotEqualTo(before);
    backups.create();
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.map(BackupFolder::name)).noneMatch(name -> name.contains("unfinished"));
    }
  }

  /** How many progresses there are, from a run that nobody kills and that changes nothing. */
  private static int events(Database database, Path place, String... restored) throws Exception {
    int[] count = {0};
    Backups counted =
        Backups.of(database)
            .into(place)
            .builtInCopy(BuiltInCopy.ALLOWED)
            .onProgress(
                at -> {
                  count[0] += DyingBackup.isCounted(at) ? 1 : 0;
                  if (at.phase() == BackupProgress.Phase.COMMIT) {
                    throw new IllegalStateException("far enough");
                  }
                });
    try {
      if (restored.length > 0) {
        counted.restore(Path.of(restored[0]), Backups.name(database));
      } else {
        counted.create();
      }
    } catch (IllegalStateException enough) {
      assertThat(enough).hasMessage("far enough");
    }
    return count[0];
  }

  /** Returns instants from the first to the last; where there are fewer, some of them again. */
  private static List<Integer> instants(int events) {
    return IntStream.range(0, INSTANTS)
        .mapToObj(i -> INSTANTS <= events ? 1 + i * events / INSTANTS : 1 + i % events)
        .toList();
  }

  private static String answer(Database database, String question) throws SQLException {
    try (Connection connection = database.connection()) {
      return String.valueOf(TestDatabase.column(connection, question).get(0));
    }
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.connection()) {
      SqliteFiles.execute(connection, sql);
    }
  }
}

package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.fixture.WritingProcess;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.SchemaNotReadyException;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
  @TempDir private Path folder;
  private Path file;
  private Database database;

  @BeforeEach
  void fill() throws SQLException {
    file = folder.resolve("app.db");
    SqliteFiles.make(
        file,
        "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a, b BLOB)",
        "INSERT INTO t(a, b) VALUES (1, x'00'), (1.0, NULL), ('1', x''), (CAST(x'ff41' AS TEXT), zeroblob(5000)), (9e999, 'x')",
        "CREATE TABLE \"odd % 'name\"(k TEXT PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO \"odd % 'name\" VALUES ('ä')",
        "CREATE VIRTUAL TABLE words USING fts5(w)",
        "INSERT INTO words VALUES ('one two')");
    database = Database.open(DatabaseUrl.sqlite(file));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Backups backups() {
    return Backups.of(database).into(folder.resolve("backups"));
  }

  private List<String> column(String query) throws SQLException {
    try (Connection connection = database.connection()) {
      return TestDatabase.column(connection, query);
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.connection()) {
      SqliteFiles.execute(connection, statements);
    }
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aBackupIsMadeProvenDamagedAndRestored() throws Exception {
    Backup backup = backups().create();

    assertThat(backups().verify(backup.file()).rows()).isEqualTo(backup.manifest().rows());
    assertThat(backups().list()).containsExactly(backup);
    execute("DELETE FROM t", "DROP TABLE words", "CREATE TABLE later(a)");

    RestoreReport report = backups().restore(backup.file(), "app.db");

    assertThat(column("SELECT typeof(a) || ':' || hex(a) FROM t ORDER BY id"))
        .containsExactly("integer:31", "real:312E30", "text:31", "text:FF41", "real:496E66");
    assertThat(column("SELECT w FROM words WHERE words MATCH 'two'")).containsExactly("one two");
    assertThat(column("SELECT count(*) FROM sqlite_schema WHERE name = 'later'"))
        .containsExactly("0");
    assertThat(column("PRAGMA journal_mode")).containsExactly("wal");
    // What was there is not lost: it is a backup of its own.
    assertThat(report.kept()).hasSize(1);
    Backup before = BackupFolder.read(Path.of(report.kept().get(0)));
    backups().restore(before.file(), "app.db");
    assertThat(column("SELECT count(*) FROM later")).containsExactly("0");
  }

  @Test
  void aBackupIsForItsOwnerAloneAndHasAManifest() throws Exception {
    Backup backup = backups().create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.file())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.file().getParent())))
        .isEqualTo("rwx------");
    assertThat(names()).hasSize(3); // with the lock
    String json = Files.readString(BackupFolder.manifestOf(backup.file()));
    assertThat(ManifestJson.read(json)).isEqualTo(backup.manifest());
    assertThat(backup.manifest().tables())
        .extracting(BackupTable::name)
        .contains("t", "odd % 'name", "sqlite_sequence", "words_content")
        .doesNotContain("words");
  }

  @Test
  void anEmptyDatabaseTakesABackupWhateverItsPagesAre() throws Exception {
    Backup backup = backups().create();
    Path other = folder.resolve("other.db");
    SqliteFiles.make(other, "PRAGMA page_size = 1024", "CREATE TABLE x(a)", "DROP TABLE x");
    try (Database target = Database.open(DatabaseUrl.sqlite(other))) {
      RestoreReport report =
          Backups.of(target).into(folder.resolve("backups")).restore(backup.file());

      assertThat(report.rows()).isEqualTo(backup.manifest().rows());
      assertThat(report.kept()).isEmpty();
      try (Connection connection = target.connection()) {
        assertThat(TestDatabase.column(connection, "PRAGMA page_size")).containsExactly("1024");
        assertThat(TestDatabase.column(connection, "SELECT count(*) FROM t")).containsExactly("5");
      }
    }
  }

  @Test
  void whatIsThereIsOnlyReplacedIfItsNameIsRepeated() throws Exception {
    Backup backup = backups().create();

    assertThatThrownBy(() -> backups().restore(backup.file()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("an empty database, or one whose name you repeat; it holds");
    assertThatThrownBy(() -> backups().restore(backup.file(), "other.db"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("app.db");
    assertThat(column("SELECT count(*) FROM t")).containsExactly("5");
  }

  @Test
  void aTruncatedAlteredOrForeignFileIsRefused() throws Exception {
    Backup backup = backups().create();
    byte[] whole = Files.readAllBytes(backup.file());
    for (int at : new int[] {0, 17, 100, 4096, whole.length / 2, whole.length - 1}) {
      byte[] altered = whole.clone();
      altered[at] ^= 1;
      Files.write(backup.file(), altered);
      assertThatThrownBy(() -> backups().verify(backup.file()))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("was altered: its SHA-256");
      Files.write(backup.file(), java.util.Arrays.copyOf(whole, at));
      assertThatThrownBy(() -> backups().restore(backup.file(), "app.db"))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("is truncated: it has " + at + " bytes instead of " + whole.length);
    }
    Path foreign = Files.write(folder.resolve("foreign.sqlite"), whole);
    assertThatThrownBy(() -> backups().verify(foreign))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("has no manifest foreign.sqlite.json beside it");
    assertThatThrownBy(() -> backups().verify(folder.resolve("none")))
        .hasMessageContaining("There is no backup");
    assertThat(column("SELECT count(*) FROM t")).containsExactly("5");
  }

  @Test
  void aManifestOfAnotherDatabaseIsFoundOutByTheRows() throws Exception {
    Backup backup = backups().create();
    BackupManifest manifest = backup.manifest();
    BackupTable table = manifest.tables().get(manifest.tables().size() - 1);
    String json = ManifestJson.of(manifest);
    Path note = BackupFolder.manifestOf(backup.file());
    Files.writeString(note, json.replace(table.checksum(), "0".repeat(32)));
    assertThatThrownBy(() -> backups().verify(backup.file()))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("has as many rows, and other ones");
    Files.writeString(note, json.substring(0, json.length() / 2));
    assertThatThrownBy(() -> backups().verify(backup.file()))
        .hasMessageContaining("has a manifest that cannot be read");
    assertThat(backups().list()).isEmpty();
    assertThat(backups().unreadable()).containsExactly(backup.file());
  }

  @Test
  void theGateIsPassedBeforeAnythingIsReplaced() throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(scripts.resolve("V1__first.sql"), "CREATE TABLE first(a);");
    Chain chain = Chain.named("core").location("filesystem:" + scripts).owns("first").build();
    Backups backups = backups().chains(db -> Migrations.of(db).chain(chain));
    execute("DROP TABLE t", "DROP TABLE words", "DROP TABLE \"odd % 'name\"");
    Migrations.of(database).chain(chain).migrate();

    Backup backup = backups.create();

    assertThat(backup.manifest().chains())
        .containsExactly(new BackupChain(chain.historyTable(), "1"));
    assertThat(backups().create().manifest().chains())
        .containsExactly(new BackupChain(chain.historyTable(), "1")); // also if nobody names it
    assertThat(backups.verify(backup.file()).chains())
        .containsExactly("core: current, at version 1");
    Files.writeString(scripts.resolve("V1__first.sql"), "CREATE TABLE first(a, b);");
    assertThatThrownBy(() -> backups.restore(backup.file(), "app.db"))
        .isInstanceOf(SchemaNotReadyException.class);
  }

  @Test
  void aBackupWhileAnotherProcessWritesIsOneMoment() throws Exception {
    Path busy = folder.resolve("busy.db");
    SqliteFiles.make(busy, WritingProcess.tables());
    try (Database writing = Database.open(DatabaseUrl.sqlite(busy));
        WritingProcess process = WritingProcess.start(busy)) {
      Backups backups = Backups.of(writing).into(folder.resolve("backups"));
      for (int i = 0; i < 5; i++) {
        Backup backup = backups.create();
        try (Connection copy = SqlitePages.open(backup.file())) {
          assertThat(TestDatabase.column(copy, "SELECT sum(amount) FROM entries"))
              .containsExactly("0");
          assertThat(TestDatabase.column(copy, "SELECT max(t.n) - c.n FROM transfers t, counter c"))
              .containsExactly("0");
          assertThat(
                  TestDatabase.column(
                      copy, "SELECT count(*) = 2 * (SELECT count(*) FROM transfers) FROM entries"))
              .containsExactly("1");
        }
        assertThat(backups.verify(backup.file()).tables()).isEqualTo(4);
      }
      assertThat(process.isWriting()).isTrue();
    }
  }

  @Test
  void itEndsWhenItIsCancelledOrTakesTooLong() throws Exception {
    Cancellation cancellation = new Cancellation();
    Backups cancelled =
        backups()
            .cancelledBy(cancellation)
            .onProgress(
                at -> {
                  if (at.phase() == BackupProgress.Phase.HASH) {
                    cancellation.cancel();
                  }
                });
    assertThatThrownBy(cancelled::create).isInstanceOf(CancelledException.class);
    Backups late = backups().timeout(Duration.ofMillis(1));
    assertThatThrownBy(late::create).isInstanceOf(TimeLimitException.class);
    assertThat(names()).containsExactly(".outgrow-backups.lock");
  }

  @Test
  void roomIsMadeSureOfFirst() throws Exception {
    Backups full = backups().with(o -> o.room = f -> 10);
    assertThatThrownBy(full::create)
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("there is room for 10");
    assertThat(names()).containsExactly(".outgrow-backups.lock");
  }

  @Test
  void aFolderThatIsOpenToOthersAndHoldsOtherThingsIsRefused() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Backups backups = Backups.of(database).into(open);
    backups.create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
        .isEqualTo("rwx------");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(open.resolve("letter.txt"), "x");
    assertThatThrownBy(backups::create)
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is open to other users and holds other things, such as letter.txt");
  }

  @Test
  void oldBackupsGoWhenANewOneIsWhole() throws Exception {
    List<Backup> made = new ArrayList<>();
    for (int day = 1; day <= 5; day++) {
      Clock clock = Clock.fixed(Instant.parse("2026-11-0" + day + "T10:00:00Z"), ZoneOffset.UTC);
      made.add(backups().with(o -> o.clock = clock).keep(Retention.last(2)).create());
    }
    assertThat(backups().list()).containsExactlyElementsOf(made.subList(3, 5));
    assertThat(backups().prune(Retention.last(1))).containsExactly(made.get(3));
    assertThat(names()).hasSize(3);
  }

  @Test
  void aBackupIsSentAndFoundByItsNameAlone() throws Exception {
    Backup backup = backups().create();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(Backups.send(backups().find(backup.name()), Channels.newChannel(out)))
        .isEqualTo(backup.manifest().size());

    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(backup.file()));
    assertThatThrownBy(() -> backups().find("../app.db"))
        .isInstanceOf(ConfigurationException.class);
    Files.write(backup.file(), new byte[] {1});
    assertThatThrownBy(() -> Backups.send(backup, Channels.newChannel(out)))
        .isInstanceOf(BackupException.class);
  }

  @Test
  void aScheduleGoesOnBehindAFailure() throws Exception {
    CountDownLatch made = new CountDownLatch(2);
    CountDownLatch failed = new CountDownLatch(1);
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    BackupSchedule.Listener listener =
        new BackupSchedule.Listener() {
          @Override
          public void made(Backup backup) {
            made.countDown();
          }

          @Override
          public void failed(RuntimeException failure) {
            failed.countDown();
          }
        };
    java.util.concurrent.atomic.AtomicBoolean first =
        new java.util.concurrent.atomic.AtomicBoolean(true);
    Backups backups =
        backups()
            .onProgress(
                at -> {
                  if (first.getAndSet(false)) {
                    throw new IllegalStateException("the first fails");
                  }
                });
    try (BackupSchedule schedule =
        backups.schedule(executor, Duration.ZERO, Duration.ofMillis(50), listener)) {
      assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(made.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(schedule).isNotNull();
    } finally {
      executor.shutdown();
      assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(backups().list()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aBackupOfSqliteIsImportedIntoPostgresql() throws Exception {
    execute("DROP TABLE words");
    Backup backup = backups().create();
    try (TestDatabase target = TestDatabase.start()) {
      Backups into = Backups.of(target.database()).into(folder.resolve("backups"));

      assertThat(into.restore(backup.file()).kept()).isEmpty();
      assertThat(target.column("SELECT count(*) FROM t")).containsExactly("5");
      assertThatThrownBy(() -> into.restore(backup.file()))
          .isInstanceOf(ConfigurationException.class);
      String name = target.database().url().database();
      assertThat(into.restore(backup.file(), name).kept()).hasSize(1);
    }
  }
}

package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.fixture.DebianServer;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups by Debian's {@code pg_dump} of Debian's server, where they are installed. */
@Tag("slow")
class DumpBackupTest {
  private static @Nullable DebianServer server;

  @TempDir private Path folder;
  private Database database;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> programs = DebianServer.programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL from Debian's packages here");
    server = DebianServer.start(programs.get());
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void fill() throws SQLException {
    try (Database all = Database.open(server.url())) {
      execute(all, "DROP DATABASE IF EXISTS app WITH (FORCE)", "CREATE DATABASE app");
    }
    database = Database.open(DatabaseUrl.parse(server.url()).withDatabase("app"));
    execute(database, SampleSchema.statements());
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private Backups backups() {
    return Backups.of(database).into(folder.resolve("backups"));
  }

  static void execute(Database database, String... statements) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> column(String query) throws SQLException {
    try (Connection connection = database.connection()) {
      return TestDatabase.column(connection, query);
    }
  }

  @Test
  void aBackupIsMadeProvenDamagedAndRestored() throws Exception {
    List<String> before = SampleSchema.contents(database);
    Backup backup = backups().create();

    assertThat(backup.manifest().format()).isEqualTo(BackupFormat.DUMP);
    assertThat(backup.manifest().tool()).contains("pg_dump (PostgreSQL) ");
    assertThat(backup.manifest().schemas()).containsExactly("public", "side \"x");
    assertThat(backups().verify(backup.file()).rows()).isEqualTo(backup.manifest().rows());
    execute(
        database,
        "DELETE FROM play",
        "CREATE TABLE later(a int)",
        "CREATE SCHEMA plugin",
        "CREATE TABLE plugin.own(a int)");

    RestoreReport report = backups().restore(backup.file(), "app");

    assertThat(SampleSchema.contents(database)).isEqualTo(before);
    assertThat(column("SELECT to_regclass('public.later') IS NULL")).containsExactly("t");
    assertThat(report.untouched()).containsExactly("plugin");
    assertThat(report.kept()).hasSize(2).allMatch(name -> name.contains("_before_"));
    assertThat(column("SELECT count(*) FROM " + report.kept().get(0) + ".later"))
        .containsExactly("0");
    // What was put back works: sequences go on, keys and triggers hold.
    execute(database, "INSERT INTO play(person, at) VALUES (1, now())");
    assertThatThrownBy(() -> execute(database, "INSERT INTO play(person, at) VALUES (77, now())"))
        .hasMessageContaining("foreign key");
    try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("backups"))) {
      assertThat(files).hasSize(3); // no password, no log
    }
  }

  @Test
  void anotherDatabaseThatIsEmptyTakesIt() throws Exception {
    Backup backup = backups().create();
    List<String> before = SampleSchema.contents(database);
    execute(database, "DROP DATABASE IF EXISTS other WITH (FORCE)", "CREATE DATABASE other");
    try (Database other = Database.open(database.url().withDatabase("other"))) {
      Backups into = Backups.of(other).into(folder.resolve("backups"));
      RestoreReport report = into.restore(backup.file());
      assertThat(report.kept()).isEmpty();
      assertThat(SampleSchema.contents(other)).isEqualTo(before);
      assertThatThrownBy(() -> into.restore(backup.file()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("whose name you repeat");
    }
  }

  @Test
  void aRestoreThatFailsLeavesWhatWasThere() throws Exception {
    Backup backup = backups().create();
    execute(database, "INSERT INTO play(person, at) VALUES (1, now())");
    List<String> before = SampleSchema.contents(database);
    Backups failing =
        backups()
            .onProgress(
                at -> {
                  if (at.phase() == BackupProgress.Phase.COMMIT) {
                    throw new IllegalStateException("before it is committed");
                  }
                });
    assertThatThrownBy(() -> failing.restore(backup.file(), "app"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(SampleSchema.contents(database)).isEqualTo(before);
    assertThat(column("SELECT count(*) FROM pg_namespace WHERE nspname ~ '_before_'"))
        .containsExactly("0");
  }

  @Test
  void aFileThatWasDamagedTogetherWithItsManifestIsFoundOut() throws Exception {
    Backup backup = backups().create();
    byte[] whole = Files.readAllBytes(backup.file());
    Path note = BackupFolder.manifestOf(backup.file());
    String json = Files.readString(note);
    for (int at : new int[] {0, 6, whole.length / 3, whole.length / 2}) {
      byte[] cut = java.util.Arrays.copyOf(whole, at);
      Files.write(backup.file(), cut);
      assertThatThrownBy(() -> backups().verify(backup.file()))
          .hasMessageContaining("is truncated");
      Files.writeString(
          note,
          json.replace(backup.manifest().sha256(), sha256(cut))
              .replace("\"size\" : " + whole.length, "\"size\" : " + at));
      assertThatThrownBy(() -> backups().verify(backup.file()))
          .isInstanceOf(OutgrowException.class);
      Files.writeString(note, json);
    }
    byte[] altered = whole.clone();
    altered[whole.length / 2] ^= 4;
    Files.write(backup.file(), altered);
    assertThatThrownBy(() -> backups().verify(backup.file())).hasMessageContaining("was altered");
  }

  private static String sha256(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(FileHash.sha256().digest(bytes));
  }

  @Test
  void aBackupWhileOthersWriteIsOneMoment() throws Exception {
    execute(
        database,
        "CREATE TABLE account(id int PRIMARY KEY, amount bigint NOT NULL)",
        "INSERT INTO account SELECT i, 0 FROM generate_series(1, 2000) i");
    AtomicBoolean on = new AtomicBoolean(true);
    Thread writer =
        new Thread(
            () -> {
              for (int n = 0; on.get(); n++) {
                int step = n;
                database.inTransaction(
                    tx -> {
                      try (Statement statement = tx.connection().createStatement()) {
                        int a = 1 + step * 7 % 2000;
                        int b = 1 + step * 13 % 1999;
                        statement.execute("UPDATE account SET amount = amount - 5 WHERE id = " + a);
                        statement.execute("UPDATE account SET amount = amount + 5 WHERE id = " + b);
                      }
                    });
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 3; i++) {
        Backup backup = backups().create();
        // Equal sums of both snapshots are what verify compares; the invariant is the data's.
        backups().verify(backup.file());
        execute(database, "DROP DATABASE IF EXISTS other WITH (FORCE)", "CREATE DATABASE other");
        try (Database other = Database.open(database.url().withDatabase("other"));
            Connection connection = other.connection()) {
          Backups.of(other).into(folder.resolve("backups")).restore(backup.file());
          assertThat(TestDatabase.column(connection, "SELECT sum(amount) FROM account"))
              .containsExactly("0");
        }
      }
    } finally {
      on.set(false);
      writer.join();
    }
  }
}

package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** The copy of a SQLite file before something that cannot be taken back by hand. */
class BackupTest {
  private static final String REBUILD =
      """
      CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
      INSERT INTO users_new SELECT id, 'lost' FROM users;
      DROP TABLE users;
      ALTER TABLE users_new RENAME TO users;
      """;

  @TempDir private Path folder;

  private Scripts core() {
    return Scripts.core(folder.resolve("core"));
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains(".before-")).sorted().toList();
    }
  }

  private static String name(Path copy) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM users")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void aFileIsCopiedAsItIsBeforeATableIsMadeAnew() throws SQLException, IOException {
    Scripts scripts = core();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThat(migrations.migrate().backup()).isEmpty();
      db.execute("PRAGMA user_version = 7");
      scripts
          .put("V11__add.sql", "CREATE TABLE more (id INTEGER);")
          .put("V12__rebuild.sql", REBUILD);
      MigrationResult result = migrations.migrate();
      Path copy = result.backup().orElseThrow();
      assertThat(result.text()).contains("the file as it was before is " + copy);
      assertThat(copy.getFileName().toString())
          .matches("app\\.db\\.before-migrate-core-11-\\d{8}T\\d{9}Z");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rw-------");
      assertThat(name(copy)).isEqualTo("anna");
      assertThat(name(folder.resolve("app.db"))).isEqualTo("lost");
      assertThat(LiveSchema.readFile(copy).schema().tables())
          .extracting(table -> table.name())
          .containsExactly("albums", "core_schema_history", "users");
      assertThat(copies()).containsExactly(copy);
    }
  }

  @Test
  void noneIsMadeWhereNothingCanBeLostOrNoneIsWanted() throws IOException {
    Scripts scripts = core().put("V11__rebuild.sql", REBUILD);
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThat(migrations.migrate().backup()).isEmpty(); // the file was empty
      scripts.put("V12__add.sql", "ALTER TABLE users ADD COLUMN more TEXT;");
      assertThat(migrations.migrate().backup()).isEmpty();
      scripts.put("V13__later.sql", "CREATE TABLE later (id INTEGER);");
      scripts.put("V14__rebuild.sql", "DROP TABLE later;");
      assertThat(migrations.migrate("core", MigrateTo.steps(1)).backup()).isEmpty();
      assertThat(migrations.backups(0).migrate().backup()).isEmpty();
      assertThat(copies()).isEmpty();
      assertThatThrownBy(() -> migrations.backups(-1)).isInstanceOf(ConfigurationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop\n/* it */ table x",
        "SELECT 1; ALTER TABLE x DROP COLUMN y",
        "ALTER TABLE main.x DROP y;",
        "PRAGMA writable_schema = 1"
      })
  void scriptsThatLoseSomethingAreKnown(String script) {
    assertThat(Rebuilds.loses(script)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- drop table x\nSELECT 'drop table x', \"drop\" FROM t",
        "ALTER TABLE x RENAME COLUMN y TO z; DROP INDEX i",
        "DROP VIEW v; DROP TRIGGER t; CREATE TABLE \"drop table\" (a)",
      })
  void scriptsThatLoseNothingAreKnown(String script) {
    assertThat(Rebuilds.loses(script)).isFalse();
  }

  @Test
  void everyWayDownCopiesTheFileAndTheNewestAreKept() throws SQLException, IOException {
    Scripts scripts = core().put("U10__first_user.sql", "DELETE FROM users;");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(scripts.chain("core").owns("users", "albums").build())
              .backups(2);
      migrations.migrate();
      Files.writeString(folder.resolve("app.db.before-long-ago"), "not ours");
      Files.writeString(
          folder.resolve("app.db.before-undo-core-10-20200101T000000000Z.unfinished"), "killed");
      Path undo = migrations.undo("core", UndoTo.steps(1)).backup().orElseThrow();
      assertThat(name(undo)).isEqualTo("anna");
      migrations.migrate();
      Path uninstall = migrations.uninstall("core", "core").backup().orElseThrow();
      migrations.migrate();
      Path reset = migrations.reset("app.db").backup().orElseThrow();
      assertThat(reset.getFileName().toString()).startsWith("app.db.before-reset-");
      assertThat(copies())
          .containsExactlyInAnyOrder(uninstall, reset, folder.resolve("app.db.before-long-ago"));
      assertThat(name(reset)).isEqualTo("anna");
    }
  }

  @Test
  void whatIsRefusedOrFailsOnTheWayDownLeavesNoCopy() throws SQLException, IOException {
    Scripts scripts =
        core()
            .put("U2__albums.sql", "DELETE FROM nowhere;")
            .put("U10__first_user.sql", "DELETE FROM users;");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations =
          Migrations.of(db.database()).chain(scripts.chain("core").owns("users", "albums").build());
      migrations.migrate();
      db.execute("CREATE VIEW v AS SELECT name FROM users");
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(2)))
          .hasMessageContaining("nowhere");
      assertThatThrownBy(() -> migrations.reset("app.db")).hasMessageContaining("view v");
      assertThat(copies()).isEmpty();
    }
  }

  @Test
  void aFileOfAHandedInDataSourceThatIsNotInWalModeIsCopiedToo() throws SQLException, IOException {
    Path file = folder.resolve("plain.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    Scripts scripts =
        core()
            .put("U1__users.sql", "DROP TABLE users;")
            .put("U2__albums.sql", "DROP TABLE albums;")
            .put("U10__first_user.sql", "UPDATE users SET name = hex(zeroblob(5000));");
    try (Database db = Database.on(source)) {
      Migrations migrations = Migrations.of(db).chain(scripts.chain("core").build());
      migrations.migrate();
      db.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              statement.execute(
                  "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
                      + " INSERT INTO users SELECT i, 'anna' FROM n");
            }
          });
      Path copy = migrations.undo("core", UndoTo.steps(1)).backup().orElseThrow();
      assertThat(name(copy)).isEqualTo("anna");
      assertThat(name(file)).hasSize(10_000);
      migrations.undo("core", UndoTo.base());
      assertThat(migrations.check().chain("core").version()).isEmpty();
    }
  }

  @Test
  void aMigrationInJavaCounts() {
    JavaMigration seeding =
        new JavaMigration() {
          @Override
          public String version() {
            return "11";
          }

          @Override
          public String description() {
            return "nobody can read what";
          }

          @Override
          public void migrate(MigrationContext context) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
              statement.execute("DROP TABLE albums");
            }
          }
        };
    Scripts scripts = core();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations.of(db.database()).chain(scripts.chain("core").build()).migrate();
      MigrationResult result =
          Migrations.of(db.database())
              .chain(scripts.chain("core").javaMigrations(seeding).build())
              .migrate();
      assertThat(result.backup()).isPresent();
    }
  }

  @Test
  void whereThereIsNoRoomNothingIsBegun() throws SQLException, IOException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      db.execute("CREATE TABLE t (id INTEGER)");
      BackupCopy full = new BackupCopy(db.database(), 3, where -> 4095L);
      assertThatThrownBy(() -> full.take("reset"))
          .isInstanceOf(SourceFileException.class)
          .hasMessageContaining("8192 bytes")
          .hasMessageContaining("room for 4095")
          .hasMessageContaining("nothing was changed");
      assertThat(copies()).isEmpty();
    }
  }

  @Test
  void aFileThatCannotBeCopiedIsNotMigrated() throws SQLException, IOException {
    Scripts scripts = core();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      scripts.put("V11__rebuild.sql", REBUILD);
      db.execute("CREATE TABLE x (a INTEGER)", "INSERT INTO x VALUES (1)");
      int page =
          Integer.parseInt(db.query("SELECT rootpage FROM sqlite_schema WHERE name = 'x'").get(0));
      db.query("PRAGMA wal_checkpoint(TRUNCATE)");
      try (FileChannel file =
          FileChannel.open(folder.resolve("app.db"), StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(new byte[4096]), (page - 1) * 4096L);
      }
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(SourceFileException.class)
          .hasMessageContaining("could not be written")
          .hasMessageContaining("nothing was changed");
      assertThat(copies()).isEmpty();
      assertThat(migrations.check().chain("core").version()).contains("10");
    }
  }
}

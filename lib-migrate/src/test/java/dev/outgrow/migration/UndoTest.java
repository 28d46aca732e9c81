package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way down: what runs, how far, and what is refused before anything is touched. */
class UndoTest {
  @TempDir private Path folder;

  private Scripts core() {
    return Scripts.core(folder.resolve("core"))
        .put("U1__users.sql", "DROP TABLE users;")
        .put("U2__albums.sql", "DROP TABLE albums;")
        .put("U10__first_user.sql", "DELETE FROM users WHERE id = 1;");
  }

  private static Migrations of(MigrationDatabase db, Chain... chains) {
    Migrations migrations = Migrations.of(db.database());
    for (Chain chain : chains) {
      migrations = migrations.chain(chain);
    }
    return migrations;
  }

  private static final String HISTORY =
      "SELECT version, type, script FROM core_schema_history WHERE version <> '0'"
          + " OR version IS NULL ORDER BY installed_rank";

  @ParameterizedTest
  @EnumSource
  void stepsAVersionAndTheBaseAreReachedNewestFirst(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, core().chain("core").build());
      migrations.migrate();
      UndoResult one = migrations.undo("core", UndoTo.steps(1));
      assertThat(one.undone()).containsExactly("U10__first_user.sql");
      assertThat(one.before().version()).contains("10");
      assertThat(one.after().state()).isEqualTo(ChainState.PENDING);
      assertThat(one.after().version()).contains("2");
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("0");
      migrations.migrate();
      assertThat(migrations.undo("core", UndoTo.version("1")).undone())
          .containsExactly("U10__first_user.sql", "U2__albums.sql");
      assertThat(migrations.undo("core", UndoTo.version("2")).undone()).isEmpty();
      assertThat(db.tables()).containsExactly("core_schema_history", "users");
      migrations.migrate();
      UndoResult all = migrations.undo("core", UndoTo.base());
      assertThat(all.undone())
          .containsExactly("U10__first_user.sql", "U2__albums.sql", "U1__users.sql");
      assertThat(all.after().version()).isEmpty();
      assertThat(all.text()).contains("core 10 -> 0", "U2__albums.sql");
      assertThat(migrations.undo("core", UndoTo.steps(1)).undone()).isEmpty();
      assertThat(db.tables()).containsExactly("core_schema_history");
    }
  }

  @ParameterizedTest
  @EnumSource
  void downAndUpAgainTwiceLeavesEveryRowInTheHistory(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, core().chain("core").build());
      migrations.migrate();
      for (int cycle = 0; cycle < 2; cycle++) {
        migrations.undo("core", UndoTo.version("1"));
        assertThat(migrations.check().chain("core").pending())
            .containsExactly("V2__albums.sql", "V10__first_user.sql");
        migrations.migrate();
        assertThat(migrations.check().isCurrent()).isTrue();
      }
      List<String> cycle =
          List.of(
              "10|DELETE|U10__first_user.sql",
              "2|DELETE|U2__albums.sql",
              "2|SQL|V2__albums.sql",
              "10|SQL|V10__first_user.sql");
      List<String> rows = db.query(HISTORY);
      assertThat(rows).hasSize(11);
      assertThat(rows.subList(3, 7)).isEqualTo(cycle);
      assertThat(rows.subList(7, 11)).isEqualTo(cycle);
      assertThat(migrations.history("core"))
          .filteredOn(row -> row.type().equals("DELETE"))
          .hasSize(4)
          .allMatch(AppliedMigration::success);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatARepeatableScriptMadeIsMadeAgainAfterItWentWithAnUndo(Backend backend)
      throws SQLException {
    Scripts scripts =
        core()
            .put(
                "R__names.sql",
                "DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT name FROM users;")
            .put("U1__users.sql", "DROP VIEW names; DROP TABLE users;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      migrations.undo("core", UndoTo.base());
      assertThat(migrations.check().chain("core").pending())
          .containsExactly(
              "V1__users.sql", "V2__albums.sql", "V10__first_user.sql", "R__names.sql");
      migrations.migrate();
      assertThat(db.query("SELECT name FROM names")).containsExactly("anna");
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void allMissingScriptsAreNamedAndNothingIsTouched(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Scripts scripts = core().remove("U1__users.sql").remove("U2__albums.sql");
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      List<String> before = db.query(HISTORY);
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.base()))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("U2__albums.sql, U1__users.sql")
          .hasMessageContaining("nothing was changed");
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
      assertThat(db.query(HISTORY)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureInTheMiddleRollsAllOfItBackAndNamesItsLine(Backend backend) throws SQLException {
    Scripts scripts =
        core().put("U2__albums.sql", "DROP TABLE albums;\n\nDELETE FROM\n  nowhere;\n");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      List<String> before = db.query(HISTORY);
      MigrationException failure =
          catchThrowableOfType(
              MigrationException.class, () -> migrations.undo("core", UndoTo.base()));
      assertThat(failure.script()).contains("U2__albums.sql");
      assertThat(failure.line()).hasValue(3);
      assertThat(failure.statement()).contains("DELETE FROM\n  nowhere");
      assertThat(failure).hasMessageContaining("nothing of the undo was kept");
      if (backend == Backend.POSTGRESQL) {
        assertThat(failure.sqlState()).contains("42P01");
      }
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
      assertThat(db.tables()).contains("albums");
      assertThat(db.query(HISTORY)).isEqualTo(before);
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVersionThatAnotherChainStillNeedsStays(Backend backend) throws SQLException {
    Chain clips =
        new Scripts(folder.resolve("clips"))
            .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER);")
            .put("U1__clips.sql", "DROP TABLE clips;")
            .chain("clips")
            .requires("core", "2")
            .build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, core().chain("core").build(), clips);
      migrations.migrate();
      assertThat(migrations.undo("core", UndoTo.version("2")).undone()).hasSize(1);
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("Chain clips has run and requires version 2 of chain core");
      migrations.undo("clips", UndoTo.base());
      assertThat(migrations.undo("core", UndoTo.steps(1)).undone())
          .containsExactly("U2__albums.sql");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChainThatIsNotAsItsScriptsSayIsNotTakenBack(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Scripts scripts = core();
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      scripts.put("V2__albums.sql", "CREATE TABLE albums (id INTEGER, more TEXT);");
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1)))
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("is changed");
      scripts.put("V2__albums.sql", "CREATE TABLE albums (id INTEGER PRIMARY KEY);\n");
      scripts.remove("V10__first_user.sql");
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1)))
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("is ahead")
          .hasMessageContaining("undo --chain core");
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
      assertThatThrownBy(() -> migrations.undo("other", UndoTo.base()))
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void aVersionThatTheChainHasNotIsRefused() {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = of(db, core().chain("core").build());
      migrations.migrate();
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.version("3")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("a version of chain core, or 0");
      assertThatThrownBy(() -> UndoTo.steps(0)).isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> UndoTo.version("x")).isInstanceOf(ConfigurationException.class);
      assertThat(migrations.undo("core", UndoTo.version("0")).undone()).hasSize(3);
    }
  }

  @Test
  void aScriptThatCannotRunWithinATransactionOrWouldEndItIsRefused() throws SQLException {
    Scripts scripts =
        core()
            .put("V11__index.sql", "CREATE INDEX CONCURRENTLY ix_name ON users (name);")
            .put("U11__index.sql", "DROP INDEX CONCURRENTLY ix_name;");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("U11__index.sql")
          .hasMessageContaining("nothing was changed");
      scripts.put("U11__index.sql", "DROP INDEX ix_name;\n/* so */ Commit ;\nSELECT 1;");
      MigrationException ending =
          catchThrowableOfType(
              MigrationException.class, () -> migrations.undo("core", UndoTo.steps(1)));
      assertThat(ending).hasMessageContaining("would end the transaction: Commit");
      assertThat(db.query("SELECT indexname FROM pg_indexes WHERE indexname = 'ix_name'"))
          .hasSize(1);
      scripts
          .put("U11__index.sql", "DROP INDEX ix_name;")
          .put("U11__index.sql.conf", "executeInTransaction=false");
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1)))
          .hasMessageContaining("cannot run within one: U11__index.sql");
      scripts.remove("U11__index.sql.conf");
      assertThat(migrations.undo("core", UndoTo.steps(1)).undone()).hasSize(1);
    }
  }

  @Test
  void bodiesOfTriggersAreNotCutAndForeignKeysAreCheckedOnSqlite() throws SQLException {
    Scripts scripts =
        core()
            .put(
                "V11__plays.sql",
                """
                CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL
                  REFERENCES users (id) ON DELETE CASCADE);
                INSERT INTO plays VALUES (1, 1);
                """)
            .put(
                "U11__plays.sql",
                """
                CREATE TABLE users_old (id INTEGER PRIMARY KEY, name TEXT);
                INSERT INTO users_old SELECT id, name FROM users;
                DROP TABLE users; -- the rows of plays stay
                ALTER TABLE users_old RENAME TO users;
                CREATE TRIGGER t AFTER INSERT ON users BEGIN
                  DELETE FROM albums; DELETE FROM albums WHERE CASE WHEN 1 THEN 1 END;
                END;
                """);
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      migrations.undo("core", UndoTo.steps(1));
      assertThat(db.query("SELECT user_id FROM plays")).containsExactly("1");
      assertThat(db.query("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
          .containsExactly("t");
      List<String> before = db.query(HISTORY);
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1))) // deletes the user
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("U10__first_user.sql")
          .hasMessageContaining("1 rows of plays refer to users");
      assertThat(db.query(HISTORY)).isEqualTo(before);
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
      assertThat(db.query("PRAGMA foreign_keys")).containsExactly("1");
    }
  }

  @Test
  void bodiesOfFunctionsAndTheSessionsSettingsAreKeptApartOnPostgres() throws SQLException {
    Scripts scripts =
        core()
            .put("V11__schema.sql", "CREATE SCHEMA other; CREATE TABLE other.users (id INTEGER);")
            .put(
                "U11__schema.sql",
                """
                DO $$ BEGIN DROP TABLE other.users; END $$;
                CREATE TABLE other.core_schema_history AS SELECT * FROM core_schema_history;
                SET search_path = other;
                """);
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      UndoResult result = migrations.undo("core", UndoTo.version("2"));
      assertThat(result.undone()).containsExactly("U11__schema.sql", "U10__first_user.sql");
      assertThat(result.after().version()).contains("2");
      assertThat(db.query("SELECT count(*) FROM other.core_schema_history WHERE type = 'DELETE'"))
          .containsExactly("0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptOfTheBackendTakesBackAndTwoOfOneVersionAreRefused(Backend backend)
      throws SQLException {
    Scripts scripts =
        core()
            .remove("U10__first_user.sql")
            .put("postgresql/U10__first_user.sql", "DELETE FROM users WHERE id::text = '1';")
            .put("sqlite/U10__first_user.sql", "DELETE FROM users WHERE rowid IS 1;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build());
      migrations.migrate();
      migrations.undo("core", UndoTo.steps(1));
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("0");
      scripts.put("U10__another.sql", "DELETE FROM users;");
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.steps(1)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("U10__another.sql");
    }
  }

  /** Adds a row; takes it back if it may. */
  private record Adding(boolean undoable, boolean transactional) implements JavaMigration {
    @Override
    public String version() {
      return "11";
    }

    @Override
    public String description() {
      return "add";
    }

    @Override
    public void migrate(MigrationContext context) throws SQLException {
      execute(context, "INSERT INTO users VALUES (11, 'java')");
    }

    @Override
    public Optional<Undo> undo() {
      return undoable
          ? Optional.of(context -> execute(context, "DELETE FROM users WHERE id = 11"))
          : Optional.empty();
    }

    private static void execute(MigrationContext context, String sql) throws SQLException {
      try (Statement statement = context.connection().createStatement()) {
        statement.execute(sql);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationInJavaTakesItselfBackIfItCan(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations can = of(db, core().chain("core").javaMigrations(new Adding(true, true)).build());
      can.migrate();
      assertThat(can.undo("core", UndoTo.steps(1)).undone())
          .containsExactly(Adding.class.getName());
      assertThat(db.query("SELECT id FROM users")).containsExactly("1");
      Migrations cannot =
          of(db, core().chain("core").javaMigrations(new Adding(false, true)).build());
      cannot.migrate();
      assertThatThrownBy(() -> cannot.undo("core", UndoTo.steps(1)))
          .hasMessageContaining("undo() of " + Adding.class.getName());
      Migrations outside =
          of(db, core().chain("core").javaMigrations(new Adding(true, false)).build());
      assertThatThrownBy(() -> outside.undo("core", UndoTo.steps(1)))
          .hasMessageContaining("cannot run within a transaction");
      Scripts both = core().put("U11__add.sql", "DELETE FROM users WHERE id = 11;");
      Migrations twice = of(db, both.chain("core").javaMigrations(new Adding(true, true)).build());
      assertThatThrownBy(() -> twice.undo("core", UndoTo.steps(1)))
          .isInstanceOf(ConfigurationException.class);
      Migrations byScript =
          of(db, both.chain("core").javaMigrations(new Adding(false, true)).build());
      assertThat(byScript.undo("core", UndoTo.steps(1)).undone()).containsExactly("U11__add.sql");
      assertThat(db.query("SELECT id FROM users")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatRanLastGoesFirstWhereVersionsRanOutOfOrder(Backend backend) throws SQLException {
    Scripts scripts = core().remove("V2__albums.sql");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = of(db, scripts.chain("core").build()).outOfOrder(true);
      migrations.migrate();
      scripts.put("V2__albums.sql", "CREATE TABLE albums (id INTEGER PRIMARY KEY);\n");
      migrations.migrate();
      assertThat(migrations.undo("core", UndoTo.steps(1)).undone())
          .containsExactly("U2__albums.sql");
      migrations.migrate();
      assertThat(migrations.undo("core", UndoTo.version("2")).undone())
          .containsExactly("U10__first_user.sql");
      assertThat(db.tables()).contains("albums");
    }
  }

  /** Whatever uses the table would wait behind an undo that waits. */
  @Test
  void aLockThatSomebodyHoldsIsNotWaitedForLongOnPostgres() throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = of(db, core().chain("core").build());
      migrations.migrate();
      try (Connection other = db.database().ownConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE albums IN ACCESS SHARE MODE");
        assertThatThrownBy(
                () ->
                    migrations.lockTimeout(Duration.ofMillis(50)).undo("core", UndoTo.version("1")))
            .isInstanceOf(MigrationException.class)
            .hasMessageContaining("U2__albums.sql");
      }
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void placeholdersHoldInUndoScriptsAsWell(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Chain chain =
          new Scripts(folder.resolve("named"))
              .put("V1__notes.sql", "CREATE TABLE ${prefix}_notes (id INTEGER);")
              .put("U1__notes.sql", "DROP TABLE ${prefix}_notes;")
              .chain("named")
              .placeholder("prefix", "my")
              .build();
      Migrations migrations = of(db, chain);
      migrations.migrate();
      assertThat(db.tables()).contains("my_notes");
      migrations.undo("named", UndoTo.base());
      assertThat(db.tables()).containsExactly("named_schema_history");
    }
  }

  /** As it is begun for a person to go on with: it would be noted as taken back, and was not. */
  @ParameterizedTest
  @EnumSource
  void anUndoScriptThatHoldsNothingIsRefused(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Chain chain =
          core().put("U2__albums.sql", "-- Takes back V2__albums.sql.\n").chain("core").build();
      Migrations migrations = of(db, chain);
      migrations.migrate();
      assertThatThrownBy(() -> migrations.undo("core", UndoTo.version("1")))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("no statement in these undo scripts")
          .hasMessageContaining("U2__albums.sql")
          .hasMessageContaining("SELECT 1");
      assertThat(migrations.check().isCurrent()).isTrue();
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
    }
  }
}

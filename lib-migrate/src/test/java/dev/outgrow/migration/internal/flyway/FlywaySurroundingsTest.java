package dev.outgrow.migration.internal.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.ChainStatus;
import dev.outgrow.migration.MigrationContext;
import dev.outgrow.migration.MigrationListener;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.RunningMigration;
import dev.outgrow.migration.StartPolicy;
import dev.outgrow.migration.UndoTo;
import dev.outgrow.migration.fixture.DyingProcess;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers, roles, locks and the environment would do to a Flyway that is left to itself. */
class FlywaySurroundingsTest {
  @TempDir private Path folder;

  private Scripts core() {
    return Scripts.core(folder.resolve("core"));
  }

  /** Calls something before a script runs. */
  private record Before(String script, Runnable action) implements MigrationListener {
    @Override
    public void beforeMigration(RunningMigration migration, MigrationContext context) {
      if (migration.script().equals(script)) {
        action.run();
      }
    }
  }

  /** Flyway's clean of one chain drops the tables of all: there is none. */
  @Test
  void nobodyCanCleanASchema() {
    assertThat(
            Stream.of(Migrations.class, FlywayRunner.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(Method::getName))
        .isNotEmpty()
        .noneMatch(name -> name.contains("clean"));
  }

  @ParameterizedTest
  @EnumSource
  void chainsWithHistoryTablesOfTheirOwnExcludeEachOther(Backend backend) throws SQLException {
    Scripts clips =
        new Scripts(folder.resolve("clips")).put("V1__c.sql", "CREATE TABLE clips (id INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations second =
          Migrations.of(db.database()).chain(clips.chain("clips").build()).patience(Duration.ZERO);
      Before meanwhile =
          new Before(
              "V2__albums.sql",
              () -> assertThatThrownBy(second::migrate).isInstanceOf(UnavailableException.class));
      Migrations.of(db.database())
          .chain(core().chain("core").build())
          .listener(meanwhile)
          .migrate();
      assertThat(db.tables()).containsExactly("albums", "core_schema_history", "users");
    }
  }

  @Test
  @Timeout(60)
  void anIndexIsCreatedConcurrentlyWhileAnotherWaitsForItsTurn() throws Exception {
    Scripts core =
        core().put("V11__index.sql", "CREATE INDEX CONCURRENTLY ix_name ON users (name);");
    CompletableFuture<CompletableFuture<?>> other = new CompletableFuture<>();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      Before meanwhile =
          new Before(
              "V11__index.sql",
              () -> {
                other.complete(CompletableFuture.runAsync(migrations::migrate));
                awaitOneWhoAsks(db);
              });
      migrations.listener(meanwhile).migrate();
      other.join().get(30, TimeUnit.SECONDS);
      assertThat(db.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
          .containsExactly("0");
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  /** The holder has asked last whether nobody works any more, and let go of that at once. */
  private static void awaitOneWhoAsks(MigrationDatabase db) {
    String asking =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid() AND query LIKE '%pg_try_advisory_lock%'";
    try {
      while (db.query(asking).isEmpty()) {
        Thread.onSpinWait();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenAMigrationRanIsSaidInUtc(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      if (backend == Backend.POSTGRESQL) {
        db.execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = %L',"
                + " current_database(), 'Asia/Kolkata'); END $$");
      }
      Migrations migrations = Migrations.of(db.database()).chain(core().chain("core").build());
      migrations.migrate();
      String said = migrations.history("core").get(1).installedOn();
      LocalDateTime when = LocalDateTime.parse(said.replace(' ', 'T').replace("Z", ""));
      assertThat(Duration.between(when, LocalDateTime.now(ZoneOffset.UTC)).abs())
          .isLessThan(Duration.ofMinutes(10));
    }
  }

  @Test
  void aRoleThatMayNotCreateInTheSchemaIsToldWhichRightToAskFor() throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      asRole(
          db,
          "Plain role",
          limited -> {
            Migrations migrations = Migrations.of(limited).chain(core().chain("core").build());
            assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.EMPTY);
            AccessException refused =
                catchThrowableOfType(AccessException.class, migrations::migrate);
            assertThat(refused.getMessage()).contains("permission denied for schema public");
            String grant = "GRANT CREATE, USAGE ON SCHEMA \"public\" TO \"Plain role\";";
            assertThat(refused.remedy()).contains(grant);
            db.execute(grant);
            assertThat(migrations.migrate().isComplete()).isTrue();
          });
    }
  }

  @Test
  void aRoleThatMayOnlyReadPassesTheGateOfACurrentSchema() throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Scripts core = core();
      Migrations.of(db.database()).chain(core.chain("core").build()).migrate();
      asRole(
          db,
          "reading_role",
          limited -> {
            db.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reading_role");
            Migrations migrations = Migrations.of(limited).chain(core.chain("core").build());
            assertThat(migrations.check().isCurrent()).isTrue();
            for (StartPolicy policy : StartPolicy.values()) {
              assertThat(migrations.start(policy).isCurrent()).isTrue();
            }
            assertThat(migrations.migrate().isComplete()).isTrue();
            core.put("V11__more.sql", "CREATE TABLE more (id INTEGER);");
            assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.PENDING);
            assertThatThrownBy(migrations::migrate).hasMessageContaining("permission denied");
          });
      assertThat(db.tables()).containsExactly("albums", "core_schema_history", "users");
    }
  }

  /** What a role does with connections of its own. */
  private interface Work {
    void on(Database limited) throws SQLException;
  }

  private static void asRole(MigrationDatabase db, String role, Work work) throws SQLException {
    String name = '"' + role + '"';
    db.execute("CREATE ROLE " + name + " LOGIN PASSWORD 'only here'");
    try (Database limited =
        Database.open(
            DatabaseConfig.builder(db.database().url().withUser(role, "only here"))
                .minimumPoolSize(1)
                .maximumPoolSize(1)
                .build())) {
      work.on(limited);
    } finally {
      db.execute("DROP OWNED BY " + name + " CASCADE", "DROP ROLE " + name);
    }
  }

  @Test
  void aDatabaseInMemoryThatEveryConnectionWouldHaveItsOwnOfIsRefused() {
    for (String url : List.of("sqlite::memory:", "jdbc:sqlite::memory:", "sqlite:///:memory:")) {
      assertThatThrownBy(() -> Database.open(url)).isInstanceOf(ConfigurationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommentThatChangesIsNamedAndRepairTakesIt(Backend backend) {
    Scripts core = core();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      migrations.migrate();
      String text = "CREATE TABLE albums (id INTEGER PRIMARY KEY);";
      core.put("V2__albums.sql", text + "\r\n");
      assertThat(migrations.check().isCurrent()).isTrue();
      core.put("V2__albums.sql", text + " -- the albums\n");
      ChainStatus changed = migrations.check().chain("core");
      assertThat(changed.state()).isEqualTo(ChainState.CHANGED);
      assertThat(changed.remedy().orElseThrow())
          .contains("if only its comments have changed, run \"outgrow repair --chain core\"");
      assertThat(migrations.repair("core").state()).isEqualTo(ChainState.CURRENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void neitherTheEnvironmentNorTheClassPathSaysAnything(Backend backend) throws Exception {
    Path classes = folder.resolve("classes");
    Path callbacks = Files.createDirectories(classes.resolve("db/callback"));
    Files.writeString(callbacks.resolve("beforeMigrate__x.sql"), "CREATE TABLE intruder (n INT);");
    Path others = Files.createDirectories(classes.resolve("db/migration"));
    Files.writeString(others.resolve("V99__x.sql"), "CREATE TABLE intruder (n INT);");
    Files.writeString(classes.resolve("flyway.conf"), "flyway.target=1\n");
    Scripts core = core().put("V20__effects.sql", "CREATE TABLE effects (n INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Map<String, String> environment =
          Map.of(
              "FLYWAY_TARGET", "1",
              "FLYWAY_TABLE", "another",
              "FLYWAY_PLACEHOLDERS_NAME", "x",
              "FLYWAY_CLEAN_DISABLED", "false",
              "FLYWAY_SKIP_EXECUTING_MIGRATIONS", "true",
              "FLYWAY_NATIVE_CONNECTORS", "true",
              "FLYWAY_LOCATIONS", "db/migration");
      Process process =
          DyingProcess.start(folder.resolve("core"), db.database(), classes, environment);
      try {
        assertThat(DyingProcess.await(process, Integer.MAX_VALUE)).endsWith("done\n");
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(db.tables()).containsExactly("albums", "core_schema_history", "effects", "users");
      assertThat(db.query("SELECT n FROM effects ORDER BY n")).containsExactly("30", "40");
      assertThat(Migrations.of(db.database()).chain(DyingProcess.chain(core)).check().isCurrent())
          .isTrue();
    }
  }

  /** With a connection of its own, the row of the history is committed without the migration. */
  @Test
  void aMigrationThatFailsAtItsCommitHasNoRow() throws SQLException {
    Scripts core =
        core()
            .put(
                "V11__orphan.sql",
                "CREATE TABLE plays (user_id INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED);"
                    + "\nINSERT INTO plays VALUES (77);");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      assertThatThrownBy(migrations::migrate)
          .hasMessageContaining("core")
          .hasMessageContaining("plays");
      assertThat(db.tables()).doesNotContain("plays");
      assertThat(migrations.check().chain("core").pending()).containsExactly("V11__orphan.sql");
    }
  }

  /** Flyway leaves such a table where a first run has failed, and refuses to begin upon it. */
  @ParameterizedTest
  @EnumSource
  void aHistoryTableWithoutARowIsBegunUpon(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core().chain("core").build());
      migrations.migrate();
      db.execute("DELETE FROM core_schema_history", "DROP TABLE users", "DROP TABLE albums");
      assertThat(migrations.start(StartPolicy.INITIALISE_EMPTY).isCurrent()).isTrue();
      assertThat(db.tables()).contains("users");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHistoryThatBeginsWithARowOfFlywaysOwnIsGoneOnWith(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core().chain("core").build());
      migrations.migrate();
      db.execute(
          "DELETE FROM core_schema_history WHERE installed_rank > 1",
          "UPDATE core_schema_history SET description = '<< Flyway Baseline >>'",
          "DROP TABLE users",
          "DROP TABLE albums");
      assertThat(migrations.start(StartPolicy.INITIALISE_EMPTY).isCurrent()).isTrue();
      assertThat(db.tables()).contains("users");
    }
  }

  /** An index of a large table takes longer than any query of the application may. */
  @Test
  void theTimeLimitsOfAnApplicationsQueriesDoNotEndAMigration() throws SQLException {
    Scripts core =
        core()
            .put("V11__long.sql", "DO $$ BEGIN PERFORM pg_sleep(0.5); END $$;")
            .put("U11__long.sql", "DO $$ BEGIN PERFORM pg_sleep(0.5); END $$;");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      DatabaseConfig config =
          DatabaseConfig.builder(db.database().url())
              .statementTimeout(Duration.ofMillis(250))
              .idleInTransactionTimeout(Duration.ofMillis(250))
              .build();
      try (Database limited = Database.open(config)) {
        Migrations migrations = Migrations.of(limited).chain(core.chain("core").build());
        assertThat(migrations.migrate().isComplete()).isTrue();
        assertThat(migrations.undo("core", UndoTo.steps(1)).undone())
            .containsExactly("U11__long.sql");
      }
    }
  }
}

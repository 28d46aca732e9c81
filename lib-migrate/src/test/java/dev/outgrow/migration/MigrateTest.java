package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.ChainResult.Outcome;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs, in which order, how far, and what is said when it fails. */
class MigrateTest {
  @TempDir private Path folder;

  private static final class Greeting implements JavaMigration {
    @Override
    public String version() {
      return "3";
    }

    @Override
    public String description() {
      return "greet";
    }

    @Override
    public void migrate(MigrationContext context) throws SQLException {
      try (Statement statement = context.connection().createStatement()) {
        statement.execute(
            "INSERT INTO users VALUES (7, '" + context.database().backend().title() + "')");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharedScriptsAndThoseOfTheBackendRunInOneOrder(Backend backend) throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put(
                "postgresql/V4__only.sql",
                "CREATE TABLE here (id bigint, name text COLLATE \"C\");")
            .put("sqlite/V4__only.sql", "CREATE TABLE here (id INTEGER, name TEXT COLLATE NOCASE);")
            .put("elsewhere/V5__not.sql", "CREATE TABLE elsewhere (id INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(scripts.chain("core").javaMigrations(new Greeting()).build());
      ChainResult core = migrations.migrate().chain("core");
      assertThat(core.outcome()).isEqualTo(Outcome.MIGRATED);
      assertThat(core.ran())
          .containsExactly(
              "V1__users.sql",
              "V2__albums.sql",
              Greeting.class.getName(),
              "V4__only.sql",
              "V10__first_user.sql");
      assertThat(db.query("SELECT name FROM users ORDER BY id"))
          .containsExactly("anna", backend.title());
      assertThat(db.tables()).containsExactly("albums", "core_schema_history", "here", "users");
      assertThat(migrations.check().isCurrent()).isTrue();
      assertThat(migrations.migrate().chain("core").outcome()).isEqualTo(Outcome.UNCHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneChainGoesSomeStepsOrToAVersion(Backend backend) throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put("R__names.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT id FROM albums;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThat(migrations.migrate("core", MigrateTo.steps(1)).chain("core").ran())
          .containsExactly("V1__users.sql");
      assertThat(migrations.check().chain("core").version()).contains("1");
      assertThat(migrations.migrate("core", MigrateTo.version("2")).chain("core").ran())
          .containsExactly("V2__albums.sql");
      assertThat(migrations.migrate("core", MigrateTo.version("1")).chain("core").ran()).isEmpty();
      assertThatThrownBy(() -> migrations.migrate("core", MigrateTo.version("3")))
          .isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> migrations.migrate("other", MigrateTo.end()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("core");
      assertThat(migrations.migrate("core", MigrateTo.steps(5)).chain("core").ran())
          .containsExactly("V10__first_user.sql", "R__names.sql");
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureNamesChainScriptLineAndStatementAndKeepsNothing(Backend backend)
      throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put(
                "V3__bad.sql",
                "CREATE TABLE bad (id INTEGER);\n\nINSERT INTO nowhere\nVALUES (1);\n");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, migrations::migrate);
      assertThat(failure.chain()).isEqualTo("core");
      assertThat(failure.script()).contains("V3__bad.sql");
      assertThat(failure.line()).hasValue(3);
      assertThat(failure.statement()).contains("INSERT INTO nowhere\nVALUES (1)");
      assertThat(failure.getMessage())
          .contains("V3__bad.sql, line 3, of chain core", "nowhere", "INSERT INTO nowhere")
          .contains("nothing of it was kept")
          .doesNotContain("Flyway", "Redgate", "http");
      if (backend == Backend.POSTGRESQL) {
        assertThat(failure.sqlState()).contains("42P01");
      }
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        assertThat(cause.getClass().getName()).doesNotContain("flyway");
      }
      assertThat(db.tables()).containsExactly("albums", "core_schema_history", "users");
      assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.PENDING);
      scripts.put("V3__bad.sql", "CREATE TABLE good (id INTEGER);");
      assertThat(migrations.migrate().chain("core").ran())
          .containsExactly("V3__bad.sql", "V10__first_user.sql");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aJavaMigrationThatFailsIsNamedAndKeepsNothing(Backend backend) throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    JavaMigration failing =
        new JavaMigration() {
          @Override
          public String version() {
            return "3";
          }

          @Override
          public String description() {
            return "fail";
          }

          @Override
          public void migrate(MigrationContext context) throws Exception {
            try (Statement statement = context.connection().createStatement()) {
              statement.execute("CREATE TABLE half (id INTEGER)");
            }
            throw new java.io.IOException("no room");
          }
        };
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database()).chain(scripts.chain("core").javaMigrations(failing).build());
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, migrations::migrate);
      assertThat(failure)
          .hasMessageContaining("no room")
          .hasCauseInstanceOf(java.io.IOException.class);
      assertThat(failure.script().orElseThrow()).contains("MigrateTest");
      assertThat(db.tables()).doesNotContain("half");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pluginsMigrateBehindWhatTheyRequireAndAFailingOneAlone(Backend backend) throws SQLException {
    Scripts core = Scripts.core(folder.resolve("core"));
    Scripts bad =
        new Scripts(folder.resolve("bad")).put("V1__bad.sql", "INSERT INTO nowhere VALUES (1);");
    Scripts on =
        new Scripts(folder.resolve("on")).put("V1__on.sql", "CREATE TABLE on_bad (id INTEGER);");
    Scripts good =
        new Scripts(folder.resolve("good")).put("V1__good.sql", "CREATE TABLE good (id INTEGER);");
    Chain gone = Chain.named("gone").location("filesystem:" + folder.resolve("nowhere")).build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(on.chain("on").requires("bad", "1").build())
              .chain(bad.chain("bad").requires("core", "2").build())
              .chain(gone)
              .chain(good.chain("good").requires("core", "10").build())
              .chain(core.chain("core").build());
      assertThat(migrations.chains().stream().map(Chain::name))
          .containsExactly("core", "bad", "on", "gone", "good");
      MigrationResult result = migrations.migrateAll();
      assertThat(result.isComplete()).isFalse();
      assertThat(result.chain("core").outcome()).isEqualTo(Outcome.MIGRATED);
      assertThat(result.chain("bad").outcome()).isEqualTo(Outcome.FAILED);
      assertThat(result.chain("on").outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(result.chain("on").failure().orElseThrow())
          .hasMessageContaining("requires version 1 of chain bad, which is at 0");
      assertThat(result.chain("gone").outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(result.chain("gone").failure().orElseThrow()).hasMessageContaining("nowhere");
      assertThat(result.chain("good").outcome()).isEqualTo(Outcome.MIGRATED);
      assertThat(result.text()).contains("core 0 -> 10 (3 scripts)", "bad failed at 0");
      bad.put("V1__bad.sql", "CREATE TABLE bad (id INTEGER);");
      assertThat(migrations.migrateAll().chain("on").outcome()).isEqualTo(Outcome.MIGRATED);
    }
  }

  @Test
  void chainsThatRequireEachOtherOrShareSomethingAreRefused() {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations none = Migrations.of(db.database());
      assertThatThrownBy(
              () ->
                  none.chain(scripts.chain("a").requires("b", "1").build())
                      .chain(Chain.named("b").location("db/b").requires("a", "1").build()))
          .hasMessageContaining("circle");
      assertThatThrownBy(
              () -> none.chain(scripts.chain("a").build()).chain(scripts.chain("b").build()))
          .hasMessageContaining("location of chain b");
      assertThatThrownBy(
              () ->
                  none.chain(scripts.chain("a").owns("t").build())
                      .chain(Chain.named("b").location("db/b").owns("t").build()))
          .hasMessageContaining("owned table of chain b");
      ChainStatus blocked =
          none.chain(scripts.chain("a").requires("core", "1").build()).check().chain("a");
      assertThat(blocked.state()).isEqualTo(ChainState.BLOCKED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theGateInitialisesAnEmptyDatabaseAndRefusesOneThatIsBehind(Backend backend)
      throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThatThrownBy(() -> migrations.start(StartPolicy.CHECK_ONLY))
          .hasMessageContaining("chain core is empty")
          .hasMessageContaining("outgrow migrate");
      assertThat(db.tables()).isEmpty();
      assertThat(migrations.start(StartPolicy.INITIALISE_EMPTY).isCurrent()).isTrue();
      assertThat(migrations.start(StartPolicy.CHECK_ONLY).isCurrent()).isTrue();
      scripts.put("V11__more.sql", "CREATE TABLE more (id INTEGER);");
      assertThatThrownBy(() -> migrations.start(StartPolicy.INITIALISE_EMPTY))
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("chain core is pending")
          .hasMessageContaining("Run \"outgrow migrate\".");
      assertThat(db.tables()).doesNotContain("more");
      assertThat(migrations.start(StartPolicy.MIGRATE).isCurrent()).isTrue();
      Scripts clips =
          new Scripts(folder.resolve("clips")).put("V1__c.sql", "CREATE TABLE clips (id INTEGER);");
      assertThat(
              migrations
                  .chain(clips.chain("clips").build())
                  .start(StartPolicy.INITIALISE_EMPTY)
                  .isCurrent())
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theHistorySaysWhatHasRun(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThat(migrations.history("core")).isEmpty();
      migrations.migrate();
      assertThat(migrations.history("core").stream().map(AppliedMigration::script).skip(1))
          .containsExactly("V1__users.sql", "V2__albums.sql", "V10__first_user.sql");
      assertThat(migrations.history("core").get(3).version()).contains("10");
      assertThat(migrations.history("core").get(3).description()).isEqualTo("first user");
      assertThat(migrations.history("core")).allMatch(AppliedMigration::success);
    }
  }
}

package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each state a chain can be in, and that the command it names mends it. */
class CheckTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void anEmptyDatabaseIsEmptyAndStaysSo(Backend backend) throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      ChainStatus core = migrations.check().chain("core");
      assertThat(core.state()).isEqualTo(ChainState.EMPTY);
      assertThat(core.version()).isEmpty();
      assertThat(core.target()).contains("10");
      assertThat(core.pending())
          .containsExactly("V1__users.sql", "V2__albums.sql", "V10__first_user.sql");
      assertThat(core.remedy()).contains("Run \"outgrow migrate\".");
      assertThat(db.tables()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMigratedIsCurrentAndANewScriptIsPending(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database()).chain(scripts.chain("core").build()).program("media db");
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
      assertThat(migrations.check().chain("core").version()).contains("10");
      assertThat(migrations.check().chain("core").remedy()).isEmpty();
      scripts.put("V11__more.sql", "ALTER TABLE users ADD COLUMN more TEXT;");
      ChainStatus core = migrations.check().chain("core");
      assertThat(core.state()).isEqualTo(ChainState.PENDING);
      assertThat(core.pending()).containsExactly("V11__more.sql");
      assertThat(core.remedy()).contains("Run \"media db migrate\".");
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangedScriptIsFoundWithoutFlywayAndRepairTakesIt(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      scripts.put("V2__albums.sql", "-- why\nCREATE TABLE albums (id INTEGER PRIMARY KEY);\n");
      ChainStatus core = migrations.check().chain("core");
      assertThat(core.state()).isEqualTo(ChainState.CHANGED);
      assertThat(core.problems())
          .containsExactly("V2__albums.sql has run, and its text was changed since.");
      assertThat(core.remedy().orElseThrow()).contains("outgrow repair --chain core");
      assertThatThrownBy(migrations::migrate).isInstanceOf(SchemaNotReadyException.class);
      assertThatThrownBy(migrations::validate).isInstanceOf(SchemaNotReadyException.class);
      assertThat(migrations.repair("core").state()).isEqualTo(ChainState.CURRENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherDescriptionIsAChangeToo(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      scripts
          .remove("V2__albums.sql")
          .put("V2__records.sql", "CREATE TABLE albums (id INTEGER PRIMARY KEY);\n");
      assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.CHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVersionBelowThoseThatRanIsOutOfOrder(Backend backend) throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      scripts.put("V3__late.sql", "CREATE TABLE late (id INTEGER PRIMARY KEY);");
      ChainStatus core = migrations.check().chain("core");
      assertThat(core.state()).isEqualTo(ChainState.OUT_OF_ORDER);
      assertThat(core.problems())
          .containsExactly("V3__late.sql has not run, and the schema is at 10 already.");
      assertThatThrownBy(() -> migrations.start(StartPolicy.MIGRATE))
          .isInstanceOf(SchemaNotReadyException.class);
      migrations.outOfOrder(true).migrate();
      assertThat(db.tables()).contains("late");
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaThatIsNewerThanTheScriptsIsAheadAndIsNotRepaired(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      scripts.remove("V10__first_user.sql");
      ChainStatus core = migrations.check().chain("core");
      assertThat(core.state()).isEqualTo(ChainState.AHEAD);
      assertThat(core.problems())
          .containsExactly("V10__first_user.sql has run, and the scripts end at 2.");
      assertThatThrownBy(() -> migrations.repair("core"))
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("Start the newer release");
      assertThat(migrations.history("core").stream().map(AppliedMigration::type))
          .doesNotContain("DELETE");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatIsGoneIsMissingUntilItIsRepaired(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      scripts.remove("V2__albums.sql");
      assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.MISSING);
      assertThat(migrations.repair("core").state()).isEqualTo(ChainState.CURRENT);
      assertThat(migrations.migrate().chain("core").ran()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatFailedOutsideOfATransactionIsFailedUntilItIsRepaired(Backend backend)
      throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put(
                "V11__half.sql", "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);")
            .put("V11__half.sql.conf", "executeInTransaction=false\n");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("take that back");
      ChainStatus core = migrations.check().chain("core");
      assertThat(core.state()).isEqualTo(ChainState.FAILED);
      assertThat(core.version()).contains("10");
      assertThat(core.remedy().orElseThrow()).contains("repair --chain core", "migrate");
      assertThatThrownBy(migrations::migrate).isInstanceOf(SchemaNotReadyException.class);

      db.execute("DROP TABLE half");
      scripts.put("V11__half.sql", "CREATE TABLE half (id INTEGER);");
      assertThat(migrations.repair("core").state()).isEqualTo(ChainState.PENDING);
      assertThat(migrations.migrate().chain("core").after().state()).isEqualTo(ChainState.CURRENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tablesWithoutHistoryAreNotBegunUpon(Backend backend) throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      db.execute("CREATE TABLE somebody (id INTEGER)");
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      MigrationStatus status = migrations.check();
      assertThat(status.chain("core").state()).isEqualTo(ChainState.UNKNOWN_TABLES);
      assertThat(status.unknownTables()).containsExactly("somebody");
      assertThat(status.chain("core").remedy().orElseThrow())
          .contains("outgrow adopt --chain core --at VERSION");
      for (StartPolicy policy : StartPolicy.values()) {
        assertThatThrownBy(() -> migrations.start(policy))
            .isInstanceOf(SchemaNotReadyException.class)
            .hasMessageContaining("somebody");
      }
      assertThatThrownBy(migrations::migrate).isInstanceOf(SchemaNotReadyException.class);
      assertThat(db.tables()).containsExactly("somebody");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theHistoryOfAChainThatNobodyNamesIsAnOrphan(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    Scripts clips =
        new Scripts(folder.resolve("clips"))
            .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations core =
          Migrations.of(db.database()).chain(scripts.chain("core").owns("users", "albums").build());
      core.chain(clips.chain("clips").build()).migrate();
      MigrationStatus status = core.check();
      assertThat(status.isCurrent()).isTrue();
      assertThat(status.orphanChains()).containsExactly("clips_schema_history");
      assertThat(status.unknownTables()).containsExactly("clips");
      assertThat(status.text()).contains("orphan chains, left alone: clips_schema_history");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRepeatableScriptIsPendingWheneverItHasChanged(Backend backend) throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put("R__names.sql", "DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT 1 AS n;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
      scripts.put("R__names.sql", "DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT 2 AS n;");
      assertThat(migrations.check().chain("core").pending()).containsExactly("R__names.sql");
      assertThat(migrations.migrate().chain("core").ran()).containsExactly("R__names.sql");
      assertThat(db.query("SELECT n FROM names")).containsExactly("2");
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void healthSaysHowTheChainsAre(Backend backend) {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      db.database().addHealthProbe("migrations", migrations::health);
      assertThat(db.database().health().isWell()).isFalse();
      migrations.migrate();
      assertThat(db.database().health().isWell()).isTrue();
      assertThat(db.database().health().text()).contains("migrations: core current");
    }
  }
}

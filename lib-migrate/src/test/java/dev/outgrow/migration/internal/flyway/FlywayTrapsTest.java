package dev.outgrow.migration.internal.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.SchemaNotReadyException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Flyway does that would surprise whoever runs several chains in one schema with it. */
class FlywayTrapsTest {
  @TempDir private Path folder;

  private static Flyway plain(Database database, Scripts scripts, String table) {
    return Flyway.configure()
        .loggers()
        .dataSource(new OwnConnections(database))
        .locations(scripts.location())
        .table(table)
        .load();
  }

  private Scripts plugin() {
    return new Scripts(folder.resolve("clips"))
        .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER);\n");
  }

  @ParameterizedTest
  @EnumSource
  void aSecondChainInASchemaThatIsNotEmptyStartsAtItsFirstVersion(Backend backend)
      throws SQLException {
    Scripts core = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations first = Migrations.of(db.database()).chain(core.chain("core").build());
      first.migrate();
      Migrations both = first.chain(plugin().chain("clips").build());
      assertThat(both.migrate().chain("clips").ran()).containsExactly("V1__clips.sql");
      assertThat(db.tables()).contains("clips");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPluginsFolderBeneathTheCoresIsNotTakenForTheCores(Backend backend) throws SQLException {
    Scripts core = Scripts.core(folder.resolve("core"));
    Scripts beneath =
        new Scripts(folder.resolve("core/clips"))
            .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      migrations.migrate();
      assertThat(db.tables()).doesNotContain("clips");
      migrations.chain(beneath.chain("clips").build()).migrate();
      assertThat(db.tables()).contains("clips");
    }
  }

  @Test
  void aLocationThatIsNotThereOrHoldsNothingIsRefused() {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations none = Migrations.of(db.database());
      assertThatThrownBy(none.chain(Chain.named("a").location("db/nowhere").build())::check)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("db/nowhere");
      Scripts empty = new Scripts(folder.resolve("empty"));
      assertThatThrownBy(none.chain(empty.chain("a").build())::migrate)
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileWhoseNameSaysNoVersionIsRefusedAndAnUndoScriptIsNot(Backend backend) {
    Scripts core =
        Scripts.core(folder.resolve("core")).put("U10__first_user.sql", "DELETE FROM users;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
      core.put("V11_forgot.sql", "SELECT 1;");
      assertThatThrownBy(migrations::check)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("V11_forgot.sql");
    }
  }

  @Test
  @Timeout(60)
  void anIndexIsCreatedConcurrently() throws SQLException {
    Scripts core =
        Scripts.core(folder.resolve("core"))
            .put("V11__index.sql", "CREATE INDEX CONCURRENTLY ix_name ON users (name);")
            .put("V12__index.sql", "CREATE INDEX CONCURRENTLY ix_name2 ON users (name);");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations.of(db.database()).chain(core.chain("core").build()).migrate();
      assertThat(db.query("SELECT indexname FROM pg_indexes WHERE tablename = 'users' ORDER BY 1"))
          .contains("ix_name", "ix_name2");
    }
  }

  @Test
  void aPoolOfOneConnectionIsEnough() {
    Scripts core = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder);
        Database small =
            Database.open(
                DatabaseConfig.builder(db.database().url())
                    .minimumPoolSize(1)
                    .maximumPoolSize(1)
                    .build())) {
      assertThat(Migrations.of(small).chain(core.chain("core").build()).migrate().isComplete())
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDollarAndABraceInAScriptAreText(Backend backend) throws SQLException {
    Scripts core =
        Scripts.core(folder.resolve("core"))
            .put("V11__text.sql", "INSERT INTO users VALUES (2, '${name}');");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations.of(db.database()).chain(core.chain("core").build()).migrate();
      assertThat(db.query("SELECT name FROM users WHERE id = 2")).containsExactly("${name}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaNewerThanTheScriptsIsNotPassedOver(Backend backend) {
    Scripts core = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      migrations.migrate();
      core.remove("V10__first_user.sql");
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("is ahead");
    }
  }

  @Test
  void aTableThatIsMadeAnewOnSqliteKeepsTheRowsThatReferToIt() throws SQLException {
    Scripts core =
        Scripts.core(folder.resolve("core"))
            .put(
                "V11__plays.sql",
                "CREATE TABLE plays (id INTEGER PRIMARY KEY,"
                    + " user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);\n"
                    + "INSERT INTO plays VALUES (1, 1);")
            .put(
                "V12__rebuild.sql",
                """
                CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                INSERT INTO users_new SELECT id, name FROM users;
                DROP TABLE users;
                ALTER TABLE users_new RENAME TO users;
                """);
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations.of(db.database()).chain(core.chain("core").build()).migrate();
      assertThat(db.query("SELECT user_id FROM plays")).containsExactly("1");
      assertThat(db.query("PRAGMA foreign_keys")).containsExactly("1");
    }
  }

  @Test
  void aMigrationOnSqliteThatLeavesNewOrphansIsRolledBack() throws SQLException {
    Scripts core =
        Scripts.core(folder.resolve("core"))
            .put(
                "V11__plays.sql",
                "CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));\n"
                    + "INSERT INTO plays VALUES (1, 1);")
            .put("V12__orphan.sql", "DELETE FROM users;");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("V12__orphan.sql")
          .hasMessageContaining("1 rows of plays refer to users");
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("1");
      assertThat(migrations.check().chain("core").version()).contains("11");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseMadeByPlainFlywayIsTakenOver(Backend backend) {
    Scripts core =
        Scripts.core(folder.resolve("core")).put("R__v.sql", "CREATE VIEW v AS SELECT 1 AS n;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      plain(db.database(), core, "flyway_schema_history").migrate();
      Migrations migrations =
          Migrations.of(db.database())
              .chain(core.chain("core").historyTable("flyway_schema_history").build());
      assertThat(migrations.check().isCurrent()).isTrue();
      core.put("V11__more.sql", "CREATE TABLE more (id INTEGER);");
      assertThat(migrations.migrate().chain("core").ran()).containsExactly("V11__more.sql");
      core.put("V2__albums.sql", "-- changed");
      assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.CHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfOursPassesPlainFlywaysValidation(Backend backend) {
    Scripts core =
        Scripts.core(folder.resolve("core")).put("R__v.sql", "CREATE VIEW v AS SELECT 1 AS n;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations.of(db.database()).chain(core.chain("core").build()).migrate();
      Flyway flyway = plain(db.database(), core, "core_schema_history");
      flyway.validate();
      assertThat(flyway.info().pending()).isEmpty();
      core.put("V11__more.sql", "CREATE TABLE more (id INTEGER);");
      assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
    }
  }
}

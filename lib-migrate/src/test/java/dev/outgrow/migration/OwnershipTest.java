package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.ChainResult.Outcome;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.migration.ownership.OwnershipPolicy;
import dev.outgrow.migration.ownership.OwnershipResult;
import dev.outgrow.migration.ownership.UnmadeTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chain keeps to its own tables, which is seen before anything runs for real. */
@Tag("slow")
class OwnershipTest {
  private static final String CLIPS = "CREATE TABLE clips (id INTEGER PRIMARY KEY);";

  @TempDir private Path folder;

  private Chain core() {
    return Scripts.core(folder.resolve("core"))
        .put("V11__names.sql", "CREATE VIEW names AS SELECT name FROM users;")
        .chain("core")
        .owns("users", "albums")
        .build();
  }

  private Scripts clips() {
    return new Scripts(folder.resolve("clips")).put("V1__clips.sql", CLIPS);
  }

  private static Chain owning(Scripts clips) {
    return clips.chain("clips").owns("clips").requires("core", "10").build();
  }

  @ParameterizedTest
  @EnumSource
  void whateverAScriptDoesToAnothersTableIsNamed(Backend backend) throws SQLException {
    boolean postgres = backend == Backend.POSTGRESQL;
    Scripts clips =
        clips()
            .put("V2__a.sql", "ALTER TABLE users ADD COLUMN nick TEXT;")
            .put("V3__b.sql", "CREATE INDEX ix_mine ON users (name);")
            .put("V4__c.sql", "ALTER TABLE users RENAME COLUMN name TO called;")
            .put("V5__d.sql", "DROP VIEW names;")
            .put("V6__e.sql", "CREATE TABLE other (id INTEGER);")
            .put("V7__fine.sql", "ALTER TABLE clips ADD COLUMN length INTEGER;")
            .put("V8__f.sql", "ALTER TABLE albums RENAME TO records;")
            .put(
                "V9__g.sql",
                postgres
                    ? "DO $$ BEGIN EXECUTE 'ALTER TABLE us' || 'ers ADD CHECK (id > 0)'; END $$;"
                    : "CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END;")
            .put("V10__h.sql", "DROP TABLE users;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      OwnershipResult result =
          Migrations.of(db.database()).chain(core()).chain(owning(clips)).checkOwnership();
      assertThat(result.violations())
          .extracting(each -> each.script() + " " + each.object())
          .containsOnly(
              "V2__a.sql table users",
              "V3__b.sql table users",
              "V4__c.sql table users",
              "V4__c.sql view names",
              "V5__d.sql view names",
              "V6__e.sql table other",
              "V8__f.sql table albums",
              "V8__f.sql table records",
              "V9__g.sql table users",
              "V10__h.sql table users");
      assertThat(db.tables()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatChangesAnothersTableIsRefusedBeforeItRuns(Backend backend) throws SQLException {
    Scripts clips = clips();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core()).chain(owning(clips));
      migrations.migrate();
      clips
          .put("V2__fine.sql", "ALTER TABLE clips ADD COLUMN length INTEGER;")
          .put("V3__wrong.sql", "ALTER TABLE users ADD COLUMN nick TEXT;");
      List<String> tables = db.tables();
      MigrationException refusal =
          catchThrowableOfType(MigrationException.class, migrations::migrate);
      assertThat(refusal.chain()).isEqualTo("clips");
      assertThat(refusal.script()).contains("V3__wrong.sql");
      assertThat(refusal.getMessage())
          .contains(
              "V3__wrong.sql of chain clips changes table users, which is chain core's: column nick"
                  + " is added.",
              "nothing was changed here");
      assertThat(db.tables()).isEqualTo(tables);
      assertThat(migrations.check().chain("clips").version()).contains("1");
      // What is not going to run does not matter yet.
      migrations.migrate("clips", MigrateTo.steps(1));
      assertThat(migrations.check().chain("clips").version()).contains("2");
      migrations.ownership(OwnershipPolicy.UNCHECKED).migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyDatabaseIsNotBegunEither(Backend backend) throws SQLException {
    Scripts clips = clips().put("V2__wrong.sql", "DROP TABLE albums;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core()).chain(owning(clips));
      assertThatThrownBy(() -> migrations.start(StartPolicy.INITIALISE_EMPTY))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("V2__wrong.sql of chain clips changes table albums")
          .hasMessageContaining("chain core's");
      assertThat(db.tables()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPluginThatIsRefusedKeepsBackThoseThatRequireItAndNoOther(Backend backend)
      throws SQLException {
    Scripts clips = clips().put("V2__wrong.sql", "DROP TABLE albums;");
    Scripts onTop =
        new Scripts(folder.resolve("top")).put("V1__top.sql", "CREATE TABLE top (id INTEGER);");
    Scripts beside =
        new Scripts(folder.resolve("side"))
            .put("V1__side.sql", "CREATE TABLE side AS SELECT * FROM albums;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(core())
              .chain(owning(clips))
              .chain(onTop.chain("top").owns("top").requires("clips", "2").build())
              .chain(beside.chain("side").owns("side").requires("core", "2").build());
      MigrationResult result = migrations.migrateAll();
      assertThat(result.chains())
          .extracting(ChainResult::chain, ChainResult::outcome)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("core", Outcome.MIGRATED),
              org.assertj.core.groups.Tuple.tuple("clips", Outcome.REFUSED),
              org.assertj.core.groups.Tuple.tuple("top", Outcome.REFUSED),
              org.assertj.core.groups.Tuple.tuple("side", Outcome.MIGRATED));
      assertThat(result.chain("clips").failure().orElseThrow())
          .hasMessageContaining("V2__wrong.sql of chain clips changes table albums");
      assertThat(db.tables()).contains("albums", "side").doesNotContain("clips");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAChainMayDoIsLetThrough(Backend backend) throws SQLException {
    Scripts clips =
        clips()
            .put(
                "V2__refer.sql",
                "ALTER TABLE clips ADD COLUMN user_id INTEGER REFERENCES users (id);")
            .put("V3__view.sql", "CREATE VIEW mine AS SELECT u.name, c.id FROM users u, clips c;")
            .put("V4__rows.sql", "INSERT INTO albums VALUES (77);");
    Scripts free =
        new Scripts(folder.resolve("free"))
            .put("V1__free.sql", "CREATE TABLE whatever (id INTEGER);")
            .put("V2__free.sql", "DROP TABLE whatever; CREATE TABLE more (id INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(core())
              .chain(owning(clips))
              .chain(free.chain("free").build())
              .ownership(OwnershipPolicy.ENFORCED);
      assertThat(migrations.checkOwnership().text())
          .isEqualTo("every chain keeps to its own tables\n");
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
      new Scripts(folder.resolve("core"))
          .put("V12__called.sql", "ALTER TABLE users RENAME COLUMN name TO called;");
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
      free.put("V3__free.sql", "ALTER TABLE clips ADD COLUMN b INTEGER;");
      assertThatThrownBy(migrations::migrate)
          .hasMessageContaining("chain free changes table clips");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLookAtEverythingNamesEachScriptAndTheTablesThatNoneMakes(Backend backend)
      throws SQLException {
    Scripts clips =
        clips()
            .put("V2__wrong.sql", "ALTER TABLE users ADD COLUMN nick TEXT;")
            .put("V3__wrong.sql", "CREATE TABLE other (id INTEGER);");
    Chain chain = clips.chain("clips").owns("clips", "never").requires("core", "10").build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      OwnershipResult result =
          Migrations.of(db.database()).chain(core()).chain(chain).checkOwnership();
      assertThat(result.isKept()).isFalse();
      assertThat(result.violations())
          .extracting(each -> each.script() + " " + each.object() + " " + each.owner().orElse("-"))
          .containsExactly("V2__wrong.sql table users core", "V3__wrong.sql table other -");
      assertThat(result.unmade()).containsExactly(new UnmadeTable("clips", "never"));
      assertThat(result.text())
          .contains("Chain clips owns table never, which none of its migrations makes.\n");
      assertThat(db.tables()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatIsMadeAnewIsDroppedAlsoWhereItLooksTheSame(Backend backend) throws SQLException {
    Scripts clips =
        clips()
            .put(
                "V2__wrong.sql",
                "DROP TABLE albums; CREATE TABLE albums (id INTEGER PRIMARY KEY);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      assertThatThrownBy(
              () -> Migrations.of(db.database()).chain(core()).chain(owning(clips)).migrate())
          .hasMessageContaining("V2__wrong.sql of chain clips changes table albums");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatFailsInTheScratchDatabaseEndsTheRunBeforeItHasBegun(Backend backend)
      throws SQLException {
    Scripts clips = clips().put("V2__bad.sql", "INSERT INTO nowhere VALUES (1);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      MigrationException failure =
          catchThrowableOfType(
              MigrationException.class,
              () -> Migrations.of(db.database()).chain(core()).chain(owning(clips)).migrate());
      assertThat(failure.script()).contains("V2__bad.sql");
      assertThat(failure.line()).hasValue(1);
      assertThat(failure).hasMessageContaining("in a scratch database; nothing was changed here");
      assertThat(db.tables()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatHasRunAndDoesNotRunAgainKeepsNobodyBackUnlessItHasToBeChecked(Backend backend)
      throws SQLException {
    Scripts clips = clips();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core()).chain(owning(clips));
      migrations.migrate("core", MigrateTo.end());
      db.execute("CREATE TABLE by_hand (id INTEGER)");
      clips.put("V1__clips.sql", CLIPS + " INSERT INTO by_hand VALUES (1);");
      migrations.ownership(OwnershipPolicy.UNCHECKED).migrate();
      clips.put("V2__fine.sql", "ALTER TABLE clips ADD COLUMN length INTEGER;");
      assertThatThrownBy(() -> migrations.ownership(OwnershipPolicy.ENFORCED).migrate())
          .hasMessageContaining("V1__clips.sql")
          .hasMessageContaining("in a scratch database; nothing was changed here");
      migrations.migrate();
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }

  @Test
  void whereTheUserMayNotMakeDatabasesTheRunGoesOnUnlessItHasToBeChecked() throws SQLException {
    Scripts clips = clips().put("V2__wrong.sql", "CREATE INDEX ix ON users (name);");
    String user = "plain_" + Long.toHexString(System.nanoTime());
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      db.execute(
          "CREATE ROLE " + user + " LOGIN PASSWORD 'p'", "GRANT ALL ON SCHEMA public TO " + user);
      try (Database plain = Database.open(db.database().url().withUser(user, "p"))) {
        Migrations migrations = Migrations.of(plain).chain(core()).chain(owning(clips));
        assertThatThrownBy(() -> migrations.ownership(OwnershipPolicy.ENFORCED).migrate())
            .isInstanceOf(AccessException.class)
            .hasMessageContaining("The user " + user + " may not make a scratch database")
            .hasMessageContaining("CREATEDB")
            .hasMessageContaining("hand in an empty database");
        assertThat(db.tables()).isEmpty();
        assertThatThrownBy(migrations::drift).isInstanceOf(AccessException.class);
        migrations.migrate();
        assertThat(migrations.check().isCurrent()).isTrue();
      } finally {
        db.execute("DROP OWNED BY " + user, "DROP ROLE " + user);
      }
    }
  }
}

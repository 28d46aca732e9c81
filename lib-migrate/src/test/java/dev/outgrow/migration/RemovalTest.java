package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What uninstalling a chain and a reset drop, and what they leave alone. */
class RemovalTest {
  @TempDir private Path folder;

  private Chain core() {
    return Scripts.core(folder.resolve("core")).chain("core").owns("users", "albums").build();
  }

  private Scripts scripts() {
    return new Scripts(folder.resolve("clips"))
        .put(
            "V1__clips.sql",
            """
            CREATE TABLE clips (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
            CREATE INDEX ix_clips_user ON clips (user_id);
            CREATE TABLE clip_tags (clip_id INTEGER REFERENCES clips (id), tag TEXT);
            CREATE VIEW clip_names AS SELECT id FROM clips;
            CREATE VIEW clip_more AS SELECT id FROM clip_names;
            INSERT INTO clips VALUES (1, 1);
            INSERT INTO clip_tags VALUES (1, 'live');
            """);
  }

  private Chain clips() {
    return scripts()
        .chain("clips")
        .owns("clips", "clip_tags", "clip_names", "clip_more")
        .requires("core", "10")
        .build();
  }

  private Migrations both(MigrationDatabase db) {
    Migrations both = Migrations.of(db.database()).chain(core()).chain(clips());
    both.migrate();
    return both;
  }

  @ParameterizedTest
  @EnumSource
  void aChainGoesWithWhatItOwnsAndNothingElse(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations both = both(db);
      RemovalResult result = both.uninstall("clips", "clips");
      assertThat(result.dropped())
          .containsExactlyInAnyOrder(
              "clip_names", "clip_more", "clip_tags", "clips", "clips_schema_history");
      assertThat(result.dropped()).containsSubsequence("clip_names", "clip_tags", "clips");
      assertThat(result.left()).isEmpty();
      assertThat(db.tables()).containsExactly("albums", "core_schema_history", "users");
      assertThat(db.query("SELECT name FROM users")).containsExactly("anna");
      assertThat(both.check().chain("core").state()).isEqualTo(ChainState.CURRENT);
      assertThat(both.check().chain("clips").state()).isEqualTo(ChainState.EMPTY);
      assertThat(both.uninstall("clips", "clips").dropped()).isEmpty();
      both.migrate();
      assertThat(db.query("SELECT tag FROM clip_tags")).containsExactly("live");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatIsNotRepeatedExactlyDropsNothing(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations both = both(db);
      for (String wrong : new String[] {"", "Clips", "clips ", "core"}) {
        assertThatThrownBy(() -> both.uninstall("clips", wrong))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("the chain's name, clips");
        assertThatThrownBy(() -> both.reset(wrong)).isInstanceOf(ConfigurationException.class);
      }
      assertThatThrownBy(() -> both.uninstall("other", "other"))
          .isInstanceOf(ConfigurationException.class);
      assertThat(db.tables()).hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChainThatAnotherRequiresStays(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations both = both(db);
      assertThatThrownBy(() -> both.uninstall("core", "core"))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("Chain core is required by clips");
      both.uninstall("clips", "clips");
      assertThat(both.uninstall("core", "core").dropped())
          .containsExactlyInAnyOrder("users", "albums", "core_schema_history");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDependsOnItIsNamedAndNothingIsDropped(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations both = both(db);
      db.execute(
          "CREATE TABLE notes (id INTEGER, clip_id INTEGER REFERENCES clips (id))",
          "CREATE VIEW tags AS SELECT tag FROM clip_tags");
      assertThatThrownBy(() -> both.uninstall("clips", "clips"))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("notes")
          .hasMessageContaining("tags")
          .hasMessageContaining("nothing was dropped");
      db.execute("CREATE VIEW of_view AS SELECT id FROM clip_more");
      assertThatThrownBy(() -> both.uninstall("clips", "clips"))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("of_view");
      assertThat(db.query("SELECT tag FROM tags")).containsExactly("live");
      assertThat(both.check().isCurrent()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResetDropsWhatAllChainsOwnAndNothingElse(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations both = both(db);
      db.execute("CREATE TABLE mine (id INTEGER)", "INSERT INTO mine VALUES (5)");
      String name = backend == Backend.SQLITE ? "app.db" : db.database().url().database();
      RemovalResult result = both.reset(name);
      assertThat(result.dropped()).hasSize(8).contains("users", "clips", "core_schema_history");
      assertThat(result.dropped()).containsSubsequence("clip_tags", "clips", "users");
      assertThat(db.tables()).containsExactly("mine");
      assertThat(db.query("SELECT id FROM mine")).containsExactly("5");
      assertThatThrownBy(() -> both.reset(name)) // nothing says any more whose database it is
          .isInstanceOf(SchemaNotReadyException.class);
      db.execute("DROP TABLE mine");
      assertThat(both.reset(name).dropped()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tablesWithoutTheirHistoryAndAChainThatIsAheadAreLeftAlone(Backend backend)
      throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core());
      db.execute("CREATE TABLE users (id INTEGER)");
      assertThatThrownBy(() -> migrations.uninstall("core", "core"))
          .isInstanceOf(SchemaNotReadyException.class);
      String name = backend == Backend.SQLITE ? "app.db" : db.database().url().database();
      assertThatThrownBy(() -> migrations.reset(name)).isInstanceOf(SchemaNotReadyException.class);
      db.execute("DROP TABLE users");
      migrations.migrate();
      new Scripts(folder.resolve("core")).remove("V10__first_user.sql");
      assertThatThrownBy(() -> migrations.uninstall("core", "core"))
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("is ahead");
      assertThat(db.tables()).hasSize(3);
      assertThat(migrations.reset(name).dropped()).hasSize(3);
      assertThat(db.tables()).isEmpty();
    }
  }

  @Test
  void tablesInACircleAndPartitionsAndMaterializedViewsGoOnPostgres() throws SQLException {
    Scripts scripts =
        new Scripts(folder.resolve("odd"))
            .put(
                "V1__odd.sql",
                """
                CREATE TYPE mood AS ENUM ('good');
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TABLE "A ""b" (id int PRIMARY KEY, other int, m mood[]);
                CREATE TABLE b (id int PRIMARY KEY, other int REFERENCES "A ""b" (id));
                ALTER TABLE "A ""b" ADD FOREIGN KEY (other) REFERENCES b (id);
                CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE TABLE p (id int) PARTITION BY RANGE (id);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
                CREATE VIEW v AS SELECT id FROM b;
                CREATE MATERIALIZED VIEW mv AS SELECT id FROM v;
                CREATE VIEW vv AS SELECT id FROM mv;
                """);
    Chain odd = scripts.chain("odd").owns("A \"b", "b", "p", "v", "mv", "vv").build();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(odd);
      migrations.migrate();
      RemovalResult result = migrations.uninstall("odd", "odd");
      assertThat(result.dropped()).containsSubsequence("vv", "mv", "v", "odd_schema_history");
      assertThat(result.left()).containsExactly("function touch()", "type mood");
      assertThat(result.text()).contains("left, as no chain owns it: function touch(), type mood");
      assertThat(db.tables()).isEmpty();
    }
  }

  @Test
  void virtualTablesAndNamesInAnotherCaseGoAndTriggersElsewhereAreNamedOnSqlite()
      throws SQLException {
    Scripts scripts =
        new Scripts(folder.resolve("odd"))
            .put(
                "V1__odd.sql",
                """
                CREATE TABLE Notes (id INTEGER PRIMARY KEY, body TEXT);
                CREATE VIRTUAL TABLE search USING fts5(body);
                CREATE TRIGGER own AFTER INSERT ON Notes BEGIN
                  INSERT INTO search VALUES (new.body); END;
                """);
    Chain odd = scripts.chain("odd").owns("notes", "SEARCH").build();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(odd);
      migrations.migrate();
      db.execute(
          "CREATE TABLE mine (id INTEGER)",
          "CREATE TRIGGER log AFTER INSERT ON mine BEGIN DELETE FROM \"NOTES\"; END");
      assertThatThrownBy(() -> migrations.uninstall("odd", "odd"))
          .hasMessageContaining("trigger log of mine names NOTES");
      db.execute("DROP TRIGGER log");
      assertThat(migrations.uninstall("odd", "odd").dropped())
          .containsExactlyInAnyOrder("search", "Notes", "odd_schema_history");
      assertThat(db.tables()).containsExactly("mine");
    }
  }
}

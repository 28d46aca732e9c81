package dev.outgrow.migration;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.drift.ChainDrift;
import dev.outgrow.migration.drift.Drift;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.schema.comparison.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever was changed beside the migrations is found, and named where it belongs. */
@Tag("slow")
class DriftTest {
  @TempDir private Path folder;

  private Scripts scripts() {
    return new Scripts(folder.resolve("core"))
        .put(
            "V1__users.sql",
            """
            CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'x',
              age INTEGER CONSTRAINT ck_age CHECK (age > 0));
            CREATE TABLE plays (id INTEGER PRIMARY KEY,
              user_id INTEGER NOT NULL CONSTRAINT fk_plays REFERENCES users (id) ON DELETE CASCADE,
              rate REAL);
            CREATE UNIQUE INDEX ix_young ON users (name) WHERE age < 30;
            CREATE INDEX ix_age ON users (age);
            CREATE VIEW names AS SELECT id, name FROM users;
            """)
        .put(
            "sqlite/V2__watch.sql",
            """
            CREATE TRIGGER watch AFTER INSERT ON users
            BEGIN UPDATE users SET age = 1 WHERE age IS NULL; END;
            """)
        .put(
            "postgresql/V2__watch.sql",
            """
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE SEQUENCE tickets START 100;
            CREATE FUNCTION watching() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN NEW.age := coalesce(NEW.age, 1); RETURN NEW; END $$;
            CREATE TRIGGER watch BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION watching();
            CREATE TRIGGER gone BEFORE INSERT ON plays FOR EACH ROW EXECUTE FUNCTION watching();
            """);
  }

  private static List<String> texts(Drift drift) {
    return drift.chains().stream()
        .flatMap(chain -> chain.differences().stream())
        .map(Difference::text)
        .toList();
  }

  private static final Map<String, String> OF_POSTGRESQL =
      Map.ofEntries(
          entry("ALTER TABLE users ADD COLUMN nick text", "column nick is not expected: text"),
          entry("ALTER TABLE plays DROP COLUMN rate", "column rate is missing: real"),
          entry("ALTER TABLE users ALTER age TYPE bigint", "type is bigint, expected integer"),
          entry("ALTER TABLE users ALTER name DROP NOT NULL", "nullable is yes, expected no"),
          entry("ALTER TABLE users ALTER name SET DEFAULT 'y'", "column name: default is 'y'"),
          entry(
              "ALTER TABLE users DROP CONSTRAINT ck_age, ADD CONSTRAINT ck_age CHECK (age > 1)",
              "check ck_age: condition is age > 1, expected age > 0"),
          entry("ALTER TABLE plays DROP CONSTRAINT fk_plays", "foreign key fk_plays is missing"),
          entry("ALTER TABLE plays DROP CONSTRAINT plays_pkey", "primary key plays_pkey is miss"),
          entry(
              "DROP INDEX ix_young; CREATE UNIQUE INDEX ix_young ON users (name) WHERE age < 40",
              "index ix_young: predicate is age < 40, expected age < 30"),
          entry("DROP INDEX ix_age", "index ix_age is missing: (age)"),
          entry(
              "CREATE OR REPLACE FUNCTION watching() RETURNS trigger LANGUAGE plpgsql"
                  + " AS 'BEGIN RETURN NEW; END'",
              "object \"watching()\": SQL is"),
          entry("DROP TRIGGER gone ON plays", "trigger gone is missing"),
          entry("ALTER TABLE users DISABLE TRIGGER watch", "DISABLE TRIGGER watch, expected"),
          entry(
              "CREATE OR REPLACE VIEW names AS SELECT id, name FROM users WHERE id > 0",
              "view names: SQL is"),
          entry("ALTER TYPE mood ADD VALUE 'fair'", "object mood: SQL is 'good', 'bad', 'fair'"),
          entry("ALTER SEQUENCE tickets INCREMENT 5", "sequence tickets: increment is 5, expect"),
          entry("CREATE POLICY own ON users USING (id = 1)", "object own is not expected: policy"),
          entry("ALTER TABLE users ENABLE ROW LEVEL SECURITY", "row level security ENABLED"));

  @Test
  void everyChangeOfPostgresqlIsFoundAndNothingElse() throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts().chain("core").build());
      migrations.migrate();
      assertThat(migrations.drift().text())
          .isEqualTo("core at version 2: as its migrations make it\n");
      for (String change : OF_POSTGRESQL.keySet()) {
        db.execute(change);
      }
      List<String> texts = texts(migrations.drift());
      for (String found : OF_POSTGRESQL.values()) {
        assertThat(texts).filteredOn(text -> text.contains(found)).as(found).hasSize(1);
      }
      assertThat(texts).hasSize(OF_POSTGRESQL.size());
      assertThat(migrations.drift().unknown()).isEmpty();
    }
  }

  private void isFound(String change, String found) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.SQLITE, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts().chain("core").build());
      migrations.migrate();
      db.execute(change.split(";;"));
      Drift drift = migrations.drift();
      assertThat(texts(drift)).hasSize(1).allMatch(text -> text.contains(found));
      assertThat(drift.unknown()).isEmpty();
      assertThat(drift.text()).startsWith("core at version 2: 1 difference\n").contains(found);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ALTER TABLE users ADD COLUMN nick TEXT|column nick is not expected: TEXT
          DROP INDEX ix_young;;CREATE UNIQUE INDEX ix_young ON users (name) WHERE age < 40|index ix_young: predicate is age < 40
          DROP INDEX ix_age|index ix_age is missing
          DROP TRIGGER watch|trigger watch is missing
          DROP TRIGGER watch;;CREATE TRIGGER watch AFTER INSERT ON users BEGIN SELECT 1; END|trigger watch: SQL is
          DROP VIEW names;;CREATE VIEW names AS SELECT id, upper(name) AS name FROM users|view names: SQL is
          DROP VIEW names|view names is missing
          DROP TABLE plays;;CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER CONSTRAINT fk_plays REFERENCES users (id) ON DELETE CASCADE, rate REAL)|column user_id: nullable is yes, expected no
          DROP TABLE plays;;CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL CONSTRAINT fk_plays REFERENCES users (id) ON DELETE CASCADE, rate REAL)|column user_id: type is TEXT, expected INTEGER
          DROP TABLE plays;;CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL DEFAULT 1 CONSTRAINT fk_plays REFERENCES users (id) ON DELETE CASCADE, rate REAL)|column user_id: default is 1, expected none
          DROP TABLE plays;;CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL CHECK (user_id > 0) CONSTRAINT fk_plays REFERENCES users (id) ON DELETE CASCADE, rate REAL)|is not expected: user_id > 0
          DROP TABLE plays;;CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL CONSTRAINT fk_plays REFERENCES users (id), rate REAL)|foreign key fk_plays: on delete is no action, expected cascade
          DROP TABLE plays;;CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL CONSTRAINT fk_plays REFERENCES users (id) ON DELETE CASCADE, rate REAL) STRICT|object STRICT is not expected: table option STRICT
          DROP TABLE plays|table plays is missing
          """)
  void aChangeOfSqliteIsFound(String change, String found) throws SQLException {
    isFound(change, found);
  }

  @ParameterizedTest
  @EnumSource
  void whatNoChainMakesIsNamedAndIsNoDrift(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(scripts().chain("core").owns("users", "plays", "late").build());
      migrations.migrate();
      db.execute(
          "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)",
          "CREATE INDEX ix_notes ON notes (body)",
          "CREATE VIEW bodies AS SELECT body FROM notes");
      if (backend == Backend.POSTGRESQL) {
        db.execute("CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'");
        db.execute("CREATE TABLE counted (id serial)");
      }
      Drift drift = migrations.drift();
      assertThat(drift.isNone()).isTrue();
      assertThat(drift.unknown().stream().map(Difference::name))
          .containsExactlyElementsOf(
              backend == Backend.POSTGRESQL
                  ? List.of("counted", "notes", "bodies", "one()")
                  : List.of("notes", "bodies"));
      assertThat(drift.text()).contains("made by no chain, left alone:\n", "  table notes");
      db.execute("CREATE TABLE late (id INTEGER)");
      assertThat(texts(migrations.drift())).containsExactly("table late is not expected: (id)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatHasBeenAppliedCountsAndNotWhatIsPendingOrOutOfOrder(Backend backend)
      throws SQLException {
    Scripts plugin =
        new Scripts(folder.resolve("clips"))
            .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER PRIMARY KEY);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Scripts core = scripts();
      Migrations migrations =
          Migrations.of(db.database())
              .chain(core.chain("core").build())
              .chain(plugin.chain("clips").requires("core", "1").build());
      assertThat(migrations.drift().isNone()).isTrue();
      assertThat(migrations.drift().text()).contains("core: nothing has run");
      migrations.migrate("core", MigrateTo.version("1"));
      assertThat(migrations.drift().isNone()).isTrue();
      migrations.migrate();
      plugin.put("V3__late.sql", "ALTER TABLE clips ADD COLUMN length INTEGER;");
      core.put("V1.5__late.sql", "ALTER TABLE users ADD COLUMN late INTEGER;");
      core.put("R__again.sql", "CREATE TABLE again (id INTEGER);");
      assertThat(texts(migrations.drift())).isEmpty();
      db.execute("ALTER TABLE clips ADD COLUMN width INTEGER");
      assertThat(migrations.drift().chains())
          .extracting(ChainDrift::chain, chain -> chain.differences().size())
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("core", 0),
              org.assertj.core.groups.Tuple.tuple("clips", 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatWasChangedIsNotedAndOneThatIsGoneRefused(Backend backend) throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Scripts core = scripts();
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      migrations.migrate();
      String own = backend == Backend.POSTGRESQL ? "postgresql/" : "sqlite/";
      core.put(own + "V2__watch.sql", "CREATE TABLE instead (id INTEGER);");
      Drift drift = migrations.drift();
      assertThat(drift.chains().get(0).notes())
          .containsExactly(
              "V2__watch.sql was changed since it ran; compared with what it makes now.");
      assertThat(texts(drift)).contains("table instead is missing: (id)");
      core.remove(own + "V2__watch.sql");
      assertThatThrownBy(migrations::drift)
          .isInstanceOf(SchemaNotReadyException.class)
          .hasMessageContaining("V2__watch.sql");
    }
  }

  @Test
  void anotherCurrentSchemaIsReadInsteadOfPublic() throws SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      db.execute(
          "CREATE SCHEMA \"My App\"",
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = \"My App\"',"
              + " current_database()); END $$");
      try (Database there = Database.open(db.database().url())) {
        Migrations migrations = Migrations.of(there).chain(scripts().chain("core").build());
        migrations.migrate();
        assertThat(migrations.drift().isNone()).isTrue();
        db.execute("ALTER TABLE \"My App\".users ADD COLUMN nick text");
        assertThat(texts(migrations.drift()))
            .containsExactly("table users: column nick is not expected: text");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGivenScratchDatabaseIsUsedAndMustBeEmpty(Backend backend) throws SQLException, IOException {
    Path other = Files.createDirectory(folder.resolve("s"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder);
        MigrationDatabase scratch = MigrationDatabase.create(backend, other)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(scripts().chain("core").build())
              .scratch(() -> Database.open(scratch.database().url()));
      migrations.migrate();
      assertThat(migrations.drift().isNone()).isTrue();
      assertThat(scratch.tables()).contains("users");
      assertThatThrownBy(migrations::drift)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("an empty database of the same backend");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAdoptedSchemaNeedsItsTriggersAndFunctionsAsWell(Backend backend) throws SQLException {
    Scripts core = scripts();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations.of(db.database()).chain(core.chain("core").historyTable("old").build()).migrate();
      db.execute("DROP TABLE old");
      Migrations migrations = Migrations.of(db.database()).chain(core.chain("core").build());
      String drop = "DROP TRIGGER watch" + (backend == Backend.POSTGRESQL ? " ON users" : "");
      assertThat(migrations.adopt("core", "2").state()).isEqualTo(ChainState.CURRENT);
      db.execute("DROP TABLE core_schema_history", drop);
      if (backend == Backend.POSTGRESQL) {
        db.execute("DROP TRIGGER gone ON plays");
      }
      assertThatThrownBy(() -> migrations.adopt("core", "2"))
          .hasMessageContaining("trigger watch is missing");
      assertThat(migrations.adopt("core", "1").version()).contains("1");
    }
  }
}

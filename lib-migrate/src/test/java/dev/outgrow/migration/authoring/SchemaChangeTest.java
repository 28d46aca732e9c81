package dev.outgrow.migration.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.database.setup.Script;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.schema.comparison.Difference;
import dev.outgrow.schema.comparison.Property;
import dev.outgrow.schema.comparison.SchemaComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written from a difference, and applied, leaves none. */
@Tag("slow")
class SchemaChangeTest {
  private static final int PAIRS = Boolean.getBoolean("outgrow.exhaustive") ? 500 : 25;

  @TempDir private Path folder;

  private MigrationDatabase database(Backend backend, String name) throws IOException {
    return MigrationDatabase.create(backend, Files.createDirectories(folder.resolve(name)));
  }

  @ParameterizedTest
  @EnumSource
  void anyTwoSchemasBecomeEqual(Backend backend) throws IOException {
    Random random = new Random(20261121);
    for (int i = 0; i < PAIRS; i++) {
      String before = RandomSchema.sql(backend, random);
      String wanted = RandomSchema.sql(backend, random);
      roundTrip(backend, backend.name() + i, before, wanted);
    }
  }

  private String roundTrip(Backend backend, String name, String before, String wanted)
      throws IOException {
    Scripts scripts = new Scripts(folder.resolve(name + "/db")).put("V1__before.sql", before);
    Chain chain = scripts.chain("core").build();
    try (MigrationDatabase db = database(backend, name + "/a");
        MigrationDatabase scratch = database(backend, name + "/b")) {
      Migrations migrations = Migrations.of(db.database()).chain(chain);
      migrations.migrate();
      SchemaChange change = migrations.changeTo("core", wanted, scratch.database());
      String text = change.text();
      scripts.put("V2__change.sql", text);
      try {
        migrations.migrate();
      } catch (OutgrowException failure) {
        throw new AssertionError(before + "\n=====\n" + wanted + "\n=====\n" + text, failure);
      }
      db.execute("DROP TABLE core_schema_history");
      List<Difference> left =
          SchemaComparison.of(LiveSchema.read(scratch.database()), LiveSchema.read(db.database()))
              .differences()
              .stream()
              .filter(difference -> !isNamed(difference, change))
              .toList();
      assertThat(left).as("%s%n=====%n%s%n=====%n%s", before, wanted, text).isEmpty();
      return text;
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static boolean isNamed(Difference difference, SchemaChange change) {
    return difference instanceof Difference.Changed changed
        && ((changed.property() == Property.COLUMN_ORDER
                && change.notWritten().stream()
                    .anyMatch(
                        what -> what.contains("of " + changed.name() + " stay in another order")))
            || (changed.name().equals("mood")
                && change.notWritten().contains("The enum mood differs.")));
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaThatIsAsWantedNeedsNothing(Backend backend) throws IOException {
    String sql = RandomSchema.sql(backend, new Random(5));
    String text = roundTrip(backend, "same", sql, sql);
    assertThat(text.lines().filter(line -> !line.startsWith("--"))).isEmpty();
  }

  @Test
  void aTableOfSqliteThatIsMadeAnewKeepsRowsCounterChildrenAndWhatStoodOnIt()
      throws SQLException, IOException {
    Scripts scripts =
        new Scripts(folder.resolve("db"))
            .put(
                "V1__before.sql",
                """
                CREATE TABLE "my users" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, gone TEXT);
                CREATE TABLE plays (id INTEGER PRIMARY KEY,
                  user_id INTEGER REFERENCES "my users" (id) ON DELETE CASCADE);
                CREATE UNIQUE INDEX ux ON "my users" (name) WHERE name <> '';
                CREATE VIEW v AS SELECT name FROM "my users";
                CREATE VIEW vv AS SELECT * FROM v;
                CREATE TRIGGER t AFTER INSERT ON plays BEGIN
                  UPDATE "my users" SET name = name || '!' WHERE id = new.user_id; END;
                INSERT INTO "my users" VALUES (1, 'anna', 'x'), (9, 'last', 'y');
                DELETE FROM "my users" WHERE id = 9;
                INSERT INTO plays VALUES (1, 1);
                """);
    String wanted =
        """
        CREATE TABLE "my users" (
          name TEXT NOT NULL COLLATE NOCASE, -- now before the key
          id INTEGER PRIMARY KEY AUTOINCREMENT, age INTEGER DEFAULT (1 + 1));
        CREATE TABLE plays (id INTEGER PRIMARY KEY,
          user_id INTEGER REFERENCES "my users" (id) ON DELETE CASCADE);
        CREATE UNIQUE INDEX ux ON "my users" (name) WHERE name <> '';
        CREATE VIEW v AS SELECT name FROM "my users";
        CREATE VIEW vv AS SELECT * FROM v;
        CREATE TRIGGER t AFTER INSERT ON plays BEGIN
          UPDATE "my users" SET name = name || '!' WHERE id = new.user_id; END;
        """;
    try (MigrationDatabase db = database(Backend.SQLITE, "a");
        MigrationDatabase scratch = database(Backend.SQLITE, "b")) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      SchemaChange change = migrations.changeTo("core", wanted, scratch.database());
      assertThat(change.notWritten()).isEmpty();
      assertThat(change.warned()).singleElement().asString().contains("deletes the columns gone");
      scripts.put("V2__change.sql", change.text());
      migrations.migrate();
      assertThat(db.query("SELECT id, name, age FROM \"my users\"")).containsExactly("1|anna!|2");
      assertThat(db.query("SELECT user_id FROM plays")).containsExactly("1");
      db.execute("INSERT INTO plays VALUES (2, 1)", "INSERT INTO \"my users\" (name) VALUES ('b')");
      assertThat(db.query("SELECT max(id) FROM \"my users\"")).containsExactly("10");
      assertThat(db.query("SELECT * FROM vv")).containsExactly("anna!!", "b");
    }
  }

  @Test
  void whatMayCostSomethingStandsBehindAWarning() throws IOException {
    String text =
        roundTrip(
            Backend.POSTGRESQL,
            "warned",
            "CREATE TABLE a (id integer, b text); CREATE TABLE c (id integer);",
            "CREATE TABLE a (id bigint NOT NULL, d text NOT NULL);");
    assertThat(text)
        .contains(
            "-- 5 of the statements may delete values or fail: see WARNING.",
            "-- WARNING: deletes the table c with its rows.\nDROP TABLE \"c\";",
            "-- WARNING: deletes the column b of a.\nALTER TABLE \"a\" DROP COLUMN \"b\";",
            "-- WARNING: fails where a has rows: d has no value.");
  }

  @Test
  void keysStayWhereAnIndexComesOrGoesThatNoneStandsOn() throws IOException {
    String tables =
        "CREATE TABLE a (id integer PRIMARY KEY, b text);"
            + " CREATE TABLE c (id integer, a integer REFERENCES a (id));";
    String text =
        roundTrip(
            Backend.POSTGRESQL,
            "keys",
            tables + " CREATE INDEX ia ON a (b);",
            tables + " CREATE INDEX ic ON c (a); CREATE UNIQUE INDEX ua ON a (b);");
    assertThat(text).contains("DROP INDEX \"ia\"").doesNotContain("CONSTRAINT");
  }

  @Test
  void whatHasNoSqlHereIsNamedAtTheTop() throws IOException, SQLException {
    Scripts scripts = new Scripts(folder.resolve("db")).put("V1__none.sql", "SELECT 1;");
    try (MigrationDatabase db = database(Backend.POSTGRESQL, "a");
        MigrationDatabase scratch = database(Backend.POSTGRESQL, "b")) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      SchemaChange change =
          migrations.changeTo(
              "core",
              "CREATE DOMAIN d AS integer; CREATE TABLE \"p\n; DROP\" (a int) PARTITION BY RANGE (a)",
              scratch.database());
      assertThat(change.statements()).isEmpty();
      assertThat(change.text().lines())
          .contains(
              "-- NOT WRITTEN: The partitioned table p ; DROP is wanted and not there.",
              "-- NOT WRITTEN: The domain d is wanted and not there.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheChainsOwnIsTouchedAndTheRequiredOnesAreThere(Backend backend)
      throws SQLException, IOException {
    Chain core = Scripts.core(folder.resolve("core")).chain("core").build();
    Scripts scripts =
        new Scripts(folder.resolve("clips"))
            .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER PRIMARY KEY);");
    Chain clips = scripts.chain("clips").owns("clips", "tags").requires("core", "2").build();
    String wanted =
        """
        CREATE TABLE clips (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
        CREATE TABLE tags (id INTEGER PRIMARY KEY);
        """;
    try (MigrationDatabase db = database(backend, "a");
        MigrationDatabase first = database(backend, "b");
        MigrationDatabase second = database(backend, "c");
        MigrationDatabase third = database(backend, "d")) {
      Migrations migrations = Migrations.of(db.database()).chain(core).chain(clips);
      migrations.migrate();
      db.execute("CREATE TABLE somebody (id INTEGER)", "CREATE VIEW w AS SELECT 1 AS one");
      SchemaChange live = migrations.changeTo("clips", wanted, first.database());
      assertThat(live.text()).doesNotContain("somebody", "albums", "DROP VIEW");
      assertThat(live.notWritten())
          .containsExactly("The view w is there and not wanted; another chain may have made it.");
      SchemaChange change =
          migrations.changeOfScriptsTo("clips", wanted, second.database(), third.database());
      assertThat(change.statements()).isEqualTo(live.statements());
      scripts.put("V2__more.sql", change.text());
      assertThat(migrations.migrate().chain("clips").ran()).containsExactly("V2__more.sql");
      db.execute("INSERT INTO clips (id, user_id) VALUES (1, 1)");
      assertThat(db.tables()).contains("tags", "somebody", "albums");
      assertThatThrownBy(() -> migrations.changeTo("clips", wanted, first.database()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("an empty database");
    }
  }

  @ParameterizedTest
  @EnumSource
  void scratchDatabasesAreMadeAndWhatTheSetUpMakesIsLeftOut(Backend backend)
      throws SQLException, IOException {
    Scripts scripts =
        new Scripts(folder.resolve("clips"))
            .put("V1__clips.sql", "CREATE TABLE clips (id INTEGER PRIMARY KEY);");
    DatabaseSetup setup =
        DatabaseSetup.of(new Script("view", "CREATE OR REPLACE VIEW made AS SELECT 1 AS one"));
    String wanted = "CREATE TABLE clips (id INTEGER PRIMARY KEY, name TEXT);";
    try (MigrationDatabase db = database(backend, "a")) {
      Migrations migrations =
          Migrations.of(db.database())
              .setup(setup)
              .chain(scripts.chain("clips").owns("clips").build());
      migrations.migrate();

      SchemaChange live = migrations.changeTo("clips", wanted);

      assertThat(live.statements())
          .singleElement()
          .extracting(SchemaChange.Statement::sql)
          .asString()
          .startsWith("ALTER TABLE \"clips\" ADD COLUMN \"name\"");
      assertThat(live.notWritten()).isEmpty();
      assertThat(migrations.changeOfScriptsTo("clips", wanted)).isEqualTo(live);
      assertThat(migrations.check().isCurrent()).isTrue();
    }
  }
}

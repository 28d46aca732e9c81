package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.database.setup.Script;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.schema.comparison.SchemaComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SQL that is applied without this library leaves what migrating leaves. */
class ScriptTest {
  private static final String HISTORY =
      "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
          + " FROM %s ORDER BY 1";

  @TempDir private Path folder;

  private Scripts core() {
    return Scripts.core(folder.resolve("core"))
        .put(
            "V11__comment_at_the_end.sql",
            "INSERT INTO users VALUES (2, 'a;b -- c'), (3, '${x} \\');\n"
                + "CREATE INDEX users_name ON users (name) -- no semicolon here;")
        .put("sqlite/V12__kept.sql", KEPT_SQLITE)
        .put(
            "postgresql/V12__kept.sql",
            "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;\n")
        .put("R__names.sql", "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT name FROM users;\n");
  }

  private static final String KEPT_SQLITE =
      """
      CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);
      INSERT INTO plays VALUES (1, 1);
      CREATE TRIGGER t AFTER INSERT ON plays BEGIN UPDATE plays SET user_id = 1; END;
      """;

  private Chain clips() {
    return new Scripts(folder.resolve("clips"))
        .put("V1__it's.sql", "CREATE TABLE clips (id INTEGER PRIMARY KEY);")
        .chain("clips")
        .requires("core", "2")
        .build();
  }

  private MigrationDatabase database(Backend backend, String name) throws IOException {
    return MigrationDatabase.create(backend, Files.createDirectory(folder.resolve(name)));
  }

  /** Applies a text as a program would that knows nothing but JDBC. */
  private static void apply(MigrationDatabase db, String text) throws SQLException {
    try (Connection connection = db.database().ownConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(text);
    }
  }

  private static void assertSame(
      MigrationDatabase actual, MigrationDatabase expected, String... histories)
      throws SQLException {
    SchemaComparison drift =
        SchemaComparison.of(
            LiveSchema.read(expected.database()), LiveSchema.read(actual.database()));
    assertThat(drift.text()).isEqualTo("no differences, 0 not compared\n");
    for (String history : histories) {
      assertThat(actual.query(HISTORY.formatted(history)))
          .isEqualTo(expected.query(HISTORY.formatted(history)));
    }
  }

  private static void validate(Database database, Scripts scripts, String table) {
    Flyway flyway =
        Flyway.configure()
            .loggers()
            .dataSource(url(database), user(database), password(database))
            .locations(scripts.location())
            .placeholderReplacement(false)
            .table(table)
            .load();
    flyway.validate();
    assertThat(flyway.info().pending()).isEmpty();
  }

  private static String url(Database database) {
    try (Connection connection = database.connection()) {
      return connection.getMetaData().getURL();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String user(Database database) {
    return database.url().user().orElse("");
  }

  private static String password(Database database) {
    return database.backend() == Backend.SQLITE ? "" : secret();
  }

  private static String secret() {
    try {
      String line = Files.readAllLines(SharedServer.passwordFile()).get(0);
      return line.substring(line.lastIndexOf(':') + 1);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAppliedByPlainJdbcIsWhatMigrateLeaves(Backend backend)
      throws SQLException, IOException {
    Scripts scripts = core();
    Chain core = scripts.chain("core").build();
    try (MigrationDatabase scripted = database(backend, "a");
        MigrationDatabase migrated = database(backend, "b")) {
      Migrations here = Migrations.of(scripted.database()).chain(core).chain(clips());
      MigrationScript script = here.script();
      assertThat(scripted.tables()).isEmpty();
      assertThat(script.steps())
          .containsExactly(
              "core: V1__users.sql",
              "core: V2__albums.sql",
              "core: V10__first_user.sql",
              "core: V11__comment_at_the_end.sql",
              "core: V12__kept.sql",
              "core: R__names.sql",
              "clips: V1__it's.sql");
      apply(scripted, script.text());
      Migrations.of(migrated.database()).chain(core).chain(clips()).migrate();
      assertSame(scripted, migrated, "core_schema_history", "clips_schema_history");
      assertThat(scripted.query("SELECT id, name FROM users ORDER BY 1"))
          .isEqualTo(migrated.query("SELECT id, name FROM users ORDER BY 1"));
      assertThat(here.check().isCurrent()).isTrue();
      assertThat(here.script().isEmpty()).isTrue();
      Path other = folder.resolve(backend == Backend.SQLITE ? "core/postgresql" : "core/sqlite");
      Files.delete(other.resolve("V12__kept.sql"));
      validate(scripted.database(), scripts, "core_schema_history");
    }
  }

  @ParameterizedTest
  @EnumSource
  void itGoesOnFromWhereADatabaseIsAndOnlyAsFarAsAsked(Backend backend)
      throws SQLException, IOException {
    Chain core = core().chain("core").build();
    try (MigrationDatabase scripted = database(backend, "a");
        MigrationDatabase migrated = database(backend, "b")) {
      Migrations here = Migrations.of(scripted.database()).chain(core);
      here.migrate("core", MigrateTo.steps(1));
      assertThat(here.script("core", MigrateTo.steps(2)).steps())
          .containsExactly("core: V2__albums.sql", "core: V10__first_user.sql");
      MigrationScript script = here.script("core", MigrateTo.version("11"));
      assertThat(script.steps()).hasSize(3);
      assertThat(script.text()).contains("at version 1, then at 11");
      assertThat(here.check().chain("core").version()).contains("1");
      apply(scripted, script.text());
      Migrations there = Migrations.of(migrated.database()).chain(core);
      there.migrate("core", MigrateTo.version("11"));
      assertSame(scripted, migrated, "core_schema_history");
      assertThat(here.migrate().chain("core").ran())
          .containsExactly("V12__kept.sql", "R__names.sql");
    }
  }

  @ParameterizedTest
  @EnumSource
  void noDatabaseIsNeededToBeginFromNothing(Backend backend) throws SQLException, IOException {
    Chain core = core().chain("core").build();
    MigrationScript script = Migrations.scriptFromNothing(backend, clips(), core);
    assertThat(script.steps()).hasSize(7).last().isEqualTo("clips: V1__it's.sql");
    Path file = script.writeTo(folder.resolve("script.sql"));
    assertThatThrownBy(() -> script.writeTo(file)).isInstanceOf(ConfigurationException.class);
    try (MigrationDatabase scripted = database(backend, "a");
        MigrationDatabase migrated = database(backend, "b")) {
      apply(scripted, Files.readString(file));
      Migrations.of(migrated.database()).chain(core).chain(clips()).migrate();
      assertSame(scripted, migrated, "core_schema_history", "clips_schema_history");
    }
  }

  @ParameterizedTest
  @EnumSource
  void appliedTwiceOrElsewhereItChangesNothing(Backend backend) throws SQLException, IOException {
    Chain core = core().chain("core").build();
    try (MigrationDatabase db = database(backend, "a")) {
      Migrations migrations = Migrations.of(db.database()).chain(core);
      migrations.migrate("core", MigrateTo.steps(1));
      String next = migrations.script("core", MigrateTo.steps(1)).text();
      apply(db, next);
      assertThatThrownBy(() -> apply(db, next))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("is not where this script goes on");
      assertThat(migrations.check().chain("core").version()).contains("2");
      assertThat(migrations.check().chain("core").state()).isEqualTo(ChainState.PENDING);
    }
  }

  @Test
  void onSqliteWhatWouldLeaveOrphansIsStopped() throws SQLException, IOException {
    Scripts scripts = core().put("V13__orphan.sql", "DELETE FROM users WHERE id = 1;");
    try (MigrationDatabase db = database(Backend.SQLITE, "a")) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      String text = migrations.script().text();
      assertThatThrownBy(() -> apply(db, text))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("the migration would leave orphans");
      assertThat(migrations.check().chain("core").version()).contains("12");
      assertThat(db.query("SELECT user_id FROM plays")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeWrittenIsRefusedByName(Backend backend) throws IOException {
    Scripts scripts = core();
    JavaMigration code =
        new JavaMigration() {
          @Override
          public String version() {
            return "5";
          }

          @Override
          public String description() {
            return "code";
          }

          @Override
          public void migrate(MigrationContext context) {
            throw new AssertionError("Nothing is executed");
          }
        };
    try (MigrationDatabase db = database(backend, "a")) {
      Migrations none = Migrations.of(db.database());
      Migrations inJava = none.chain(scripts.chain("core").javaMigrations(code).build());
      assertThatThrownBy(inJava::script)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(code.getClass().getName())
          .hasMessageContaining("up to the version before 5");
      assertThat(inJava.script("core", MigrateTo.version("2")).steps()).hasSize(2);
      Migrations blocked = none.chain(scripts.chain("core").build()).chain(clips());
      assertThatThrownBy(() -> blocked.script("clips", MigrateTo.end()))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("requires version 2 of chain core");
      scripts.put("V13__open.sql", "CREATE TABLE a (id INTEGER); /* never closed");
      Migrations open = none.chain(scripts.chain("core").build());
      assertThatThrownBy(open::script)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("V13__open.sql");
    }
  }

  @Test
  @Timeout(120)
  void psqlAppliesItWithSetUpAndWhatRunsOutsideOfATransaction()
      throws SQLException, IOException, InterruptedException {
    assumeTrue(isInstalled("psql"), "psql is not installed");
    Scripts scripts =
        core()
            .put("V13__index.sql", "CREATE INDEX CONCURRENTLY ix ON users (id);")
            .put("V14__asked.sql", "CREATE TABLE asked (id INTEGER);")
            .put("V14__asked.sql.conf", "executeInTransaction=false\n");
    Script extension = new Script("schema.sql", "CREATE SCHEMA IF NOT EXISTS more");
    Chain core = scripts.chain("core").build();
    try (MigrationDatabase scripted = database(Backend.POSTGRESQL, "a");
        MigrationDatabase migrated = database(Backend.POSTGRESQL, "b")) {
      Migrations here =
          Migrations.of(scripted.database()).chain(core).setup(DatabaseSetup.of(extension));
      MigrationScript script = here.script();
      assertThat(script.text()).doesNotContain(secret());
      Path file = script.writeTo(folder.resolve("script.sql"));
      assertThat(psql(scripted.database().url(), file)).isEqualTo(0);
      assertThat(scripted.query("SELECT to_regnamespace('more') IS NOT NULL")).containsExactly("t");
      Migrations.of(migrated.database()).chain(core).migrate();
      assertSame(scripted, migrated, "core_schema_history");
      assertThat(here.check().isCurrent()).isTrue();
      Files.delete(folder.resolve("core/sqlite/V12__kept.sql"));
      validate(scripted.database(), scripts, "core_schema_history");
      assertThat(psql(scripted.database().url(), file)).isNotEqualTo(0);
      assertThat(here.check().isCurrent()).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void sqlite3AppliesIt() throws SQLException, IOException, InterruptedException {
    assumeTrue(isInstalled("sqlite3"), "sqlite3 is not installed");
    Chain core = core().chain("core").build();
    try (MigrationDatabase db = database(Backend.SQLITE, "a")) {
      Migrations migrations = Migrations.of(db.database()).chain(core);
      Path file = migrations.script().writeTo(folder.resolve("script.sql"));
      Path database = db.database().url().file().orElseThrow();
      ProcessBuilder sqlite = new ProcessBuilder("sqlite3", "-bail", database.toString());
      assertThat(exit(sqlite.redirectInput(file.toFile()))).isEqualTo(0);
      assertThat(migrations.check().isCurrent()).isTrue();
      assertThat(db.query("SELECT count(*) FROM plays")).containsExactly("1");
    }
  }

  @Test
  void aPlainScriptOfAMixedKindIsRefusedAsFlywayDoes() throws IOException {
    Scripts scripts =
        core().put("V13__mixed.sql", "CREATE TABLE m (id INTEGER);\nVACUUM;\nSELECT 1;");
    Chain core = scripts.chain("core").build();
    assertThatThrownBy(() -> Migrations.scriptFromNothing(Backend.POSTGRESQL, core))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("V13__mixed.sql");
    try (MigrationDatabase db = database(Backend.POSTGRESQL, "a")) {
      assertThatThrownBy(() -> Migrations.of(db.database()).chain(core).migrate())
          .isInstanceOf(MigrationException.class);
    }
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private int psql(DatabaseUrl url, Path script) throws IOException, InterruptedException {
    DatabaseUrl.Host host = url.hosts().get(0);
    ProcessBuilder psql =
        new ProcessBuilder(
            List.of(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--host=" + host.name(),
                "--port=" + host.port(),
                "--username=" + url.user().orElseThrow(),
                "--dbname=" + url.database(),
                "--file=" + script));
    psql.environment().put("PGPASSFILE", SharedServer.passwordFile().toString());
    return exit(psql);
  }

  private int exit(ProcessBuilder program) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process = program.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}

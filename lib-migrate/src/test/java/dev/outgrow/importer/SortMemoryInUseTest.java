package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions that build keys and indexes have the memory that the plan says, and no other. */
@Tag("slow")
class SortMemoryInUseTest extends PostgresFixture {
  /** Their keys need 69 MiB, of which the server's default is 64. */
  private static final int ROWS = 1_500_000;

  private static final int NEEDED_KIB = 69 << 10;

  @TempDir private static Path folder;
  private static Path file;

  @BeforeEach
  void watch() throws SQLException {
    execute(
        "CREATE SCHEMA watch",
        "CREATE TABLE watch.built(process int, kib bigint)",
        "CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT"
            + " INTO watch.built SELECT pg_backend_pid(), setting::bigint FROM pg_settings WHERE"
            + " name = 'maintenance_work_mem'; END $$",
        "CREATE EVENT TRIGGER built ON ddl_command_end WHEN TAG IN ('CREATE INDEX')"
            + " EXECUTE FUNCTION watch.note()");
  }

  @BeforeAll
  static void make() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("keys.db"),
            "CREATE TABLE n(id INTEGER PRIMARY KEY)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + ROWS
                + ") INSERT INTO n SELECT i FROM n",
            "CREATE INDEX n_one ON n(id DESC)",
            "CREATE INDEX n_two ON n(id)");
  }

  @Test
  void aSessionSortsInWhatTheKeysNeed() throws SQLException {
    try (Database fresh = fresh()) {
      SqliteImport carry = SqliteImport.from(file).streams(1);
      assertThat(carry.plan().text()).contains("-- sort memory: 69 MiB for keys and indexes");

      assertThat(carry.into(fresh).run().verified()).isTrue();

      assertThat(built()).containsExactly(Integer.toString(NEEDED_KIB));
    }
  }

  /** Several get a part of it each; where the server allows more than that, they have more. */
  @Test
  void severalSessionsShareIt() throws SQLException {
    execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET maintenance_work_mem = %L',"
            + " current_database(), '8MB'); END $$");
    try (Database fresh = fresh()) {
      assertThat(SqliteImport.from(file).streams(3).into(fresh).run().verified()).isTrue();
    }

    long sessions = Long.parseLong(query("SELECT count(DISTINCT process) FROM watch.built").get(0));
    assertThat(built()).hasSize(1);
    long each = Long.parseLong(built().get(0));
    assertThat(sessions).isGreaterThan(1);
    assertThat(each * sessions).isLessThanOrEqualTo(NEEDED_KIB);
    assertThat(each).isGreaterThan(8 << 10);
  }

  @Test
  void theServersOwnSettingStaysWhereThatIsWanted() throws SQLException {
    try (Database fresh = fresh()) {
      ImportTactics own = ImportTactics.DEFAULT.sortMemory(0);

      assertThat(SqliteImport.from(file).tactics(own).into(fresh).run().verified()).isTrue();
    }

    assertThat(built()).containsExactly(Integer.toString(64 << 10));
  }

  private List<String> built() throws SQLException {
    return query("SELECT DISTINCT kib FROM watch.built");
  }

  /** Its connections have what was set for the database. */
  private Database fresh() {
    return Database.open(DatabaseConfig.builder(database.url()).build());
  }
}

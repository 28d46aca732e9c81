package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import does to be faster: said by the plan, seen on the server, switched by options. */
class TacticsTest extends PostgresFixture {
  private static final ImportTactics NONE =
      ImportTactics.DEFAULT.sortMemory(0).lateDisk(false).together(false).plainBlobs(false);

  /** Notes each definition, with the session and the settings it is made by. */
  private static final String[] WATCH = {
    "CREATE SCHEMA watch",
    "CREATE TABLE watch.seen(process int, tag text, disk text, plain text, moment xid8)",
    "CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO"
        + " watch.seen SELECT pg_backend_pid(), tg_tag, current_setting('synchronous_commit'),"
        + " (SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute WHERE attstorage ="
        + " 'e' AND attrelid >= 16384), pg_current_xact_id(); END $$",
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = local',"
        + " current_database()); END $$",
    "CREATE EVENT TRIGGER note ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE INDEX',"
        + " 'ALTER TABLE', 'ALTER SCHEMA') EXECUTE FUNCTION watch.note()"
  };

  @TempDir private Path folder;

  private Path small(int tables) throws SQLException {
    List<String> sql = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      sql.add(
          "CREATE TABLE t%d(id INTEGER PRIMARY KEY, up INTEGER REFERENCES t%d(id), v TEXT, n INTEGER CHECK (n > 0))"
              .formatted(i, Math.max(0, i - 1)));
      sql.add("CREATE INDEX i%d ON t%d(v)".formatted(i, i));
      sql.add("INSERT INTO t%d VALUES (1, 1, 'a', 1), (2, 1, 'b', 2)".formatted(i));
    }
    return SqliteFiles.make(folder.resolve("small.db"), sql.toArray(String[]::new));
  }

  @Test
  void thePlanSaysWhatIsDoneAndWhy() throws SQLException {
    String text = SqliteImport.from(small(3)).streams(2).plan().text();

    assertThat(text)
        .startsWith("-- == tactics ==\n")
        .contains(
            "-- streams: up to 2 connections, one more for each 8 MiB of a table",
            "-- disk: what is staged is committed without waiting for the disk",
            "SET synchronous_commit = off;",
            "-- sort memory: the server's own setting; because the keys of the largest table take",
            "-- small tables: they and their keys are made many at a time; because tables of at"
                + " most 10,000 rows: 3 of 3");
  }

  @Test
  void eachCanBeSwitchedOff() throws SQLException {
    String text = SqliteImport.from(small(3)).streams(1).tactics(NONE).plan().text();

    assertThat(text)
        .contains(
            "-- streams: one connection; because",
            "-- disk: each commit waits for the disk; because the option says so",
            "-- sort memory: the server's own setting; because the option says so",
            "-- small tables: one statement after the other; because the option says so")
        .doesNotContain("synchronous_commit");
  }

  @Test
  void refusesASortMemoryThatMakesNoSense() {
    assertThatThrownBy(() -> ImportTactics.DEFAULT.sortMemory(1023))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("sortMemory");
    assertThatThrownBy(() -> ImportTactics.DEFAULT.sortMemory(-1))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void smallTablesAreMadeManyAtATime() throws SQLException {
    execute(WATCH);

    assertThat(carry(small(60), ImportTactics.DEFAULT).verified()).isTrue();

    assertThat(query("SELECT count(*) FROM watch.seen WHERE tag = 'CREATE INDEX'"))
        .containsExactly("60");
    assertThat(transactions("CREATE TABLE")).isBetween(2L, 5L);
    assertThat(transactions("CREATE INDEX")).isBetween(2L, 4L);
  }

  @Test
  void orOneAfterTheOther() throws SQLException {
    execute(WATCH);

    assertThat(carry(small(20), NONE).verified()).isTrue();

    assertThat(transactions("CREATE INDEX")).isEqualTo(20);
    assertThat(query("SELECT DISTINCT disk FROM watch.seen")).containsExactly("local");
  }

  private long transactions(String tag) throws SQLException {
    return Long.parseLong(
        query("SELECT count(DISTINCT moment) FROM watch.seen WHERE tag = '" + tag + "'").get(0));
  }

  /** Where one of many is refused, the others are made all the same, and the report is the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsRefusedTakesNothingElseWithIt(boolean together) throws SQLException {
    Path file = small(30);
    SqliteFiles.make(
        file,
        "PRAGMA ignore_check_constraints = on",
        "UPDATE t7 SET n = 0 WHERE id = 1",
        "UPDATE t21 SET n = -1 WHERE id = 2");

    ImportReport report = carry(file, ImportTactics.DEFAULT.together(together));

    assertThat(report.verified()).isTrue();
    assertThat(report.notCarried()).extracting(NotCarried::name).hasSize(2);
    assertThat(report.notCarried().get(0).name()).startsWith("t21.");
    assertThat(report.notCarried().get(1).name()).startsWith("t7.");
    assertThat(
            query(
                "SELECT contype, count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid"
                    + " = connamespace WHERE nspname = 'public' AND contype IN ('c', 'f', 'p')"
                    + " GROUP BY 1 ORDER BY 1"))
        .containsExactly("c|28", "f|30", "p|30");
    assertThat(query("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"))
        .containsExactly("60");
  }

  @Test
  void theDiskIsWaitedForWithTheSwap() throws SQLException {
    execute(WATCH);

    carry(small(2), ImportTactics.DEFAULT);

    assertThat(query("SELECT DISTINCT disk FROM watch.seen WHERE tag = 'CREATE INDEX'"))
        .containsExactly("off");
    assertThat(query("SELECT disk FROM watch.seen ORDER BY moment DESC LIMIT 1"))
        .containsExactly("local");
  }

  /** Indexes of one table, and of several, at once; the keys and what stands in their way not. */
  @Test
  void largeTablesGetTheirIndexesOverSeveralConnections() throws SQLException {
    execute(WATCH);
    Path file =
        SqliteFiles.make(
            folder.resolve("large.db"),
            "CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT, n INTEGER)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)"
                + " INSERT INTO a SELECT i, 'row ' || i, i % 97 FROM n",
            "CREATE INDEX a_v ON a(v)",
            "CREATE INDEX a_n ON a(n)",
            "CREATE TABLE b(id INTEGER PRIMARY KEY, a INTEGER REFERENCES a(id), v TEXT)",
            "INSERT INTO b SELECT id, id, v FROM a",
            "CREATE INDEX b_v ON b(v)");

    ImportReport report = StreamedImport.over(3, SqliteImport.from(file)).into(database).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.notCarried()).isEmpty();
    assertThat(
            query(
                "SELECT count(DISTINCT process) > 1 FROM watch.seen WHERE tag IN"
                    + " ('CREATE INDEX', 'ALTER TABLE')"))
        .containsExactly("t");
    assertThat(query("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
        .containsExactly("1");
    assertThat(
            query(
                "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND state LIKE 'idle in transaction%'"))
        .isEmpty();
  }

  private Path blobs() throws SQLException {
    return SqliteFiles.make(
        folder.resolve("blobs.db"),
        "CREATE TABLE files(id INTEGER PRIMARY KEY, noise BLOB, zeros BLOB, little BLOB)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO"
            + " files SELECT i, randomblob(9000), zeroblob(9000), randomblob(100) FROM n");
  }

  @Test
  void blobsThatGainNothingAreStoredAsTheyAre() throws SQLException {
    execute(WATCH);
    Path file = blobs();

    assertThat(SqliteImport.from(file).plan().text())
        .contains(
            "-- blobs: files.noise as they are; the server tries to compress each that comes later;"
                + " because files.noise would shrink by 0 % (32 values), files.zeros would shrink"
                + " by 99 % (32 values)",
            "ALTER COLUMN \"noise\" SET STORAGE EXTERNAL;",
            "ALTER COLUMN \"noise\" SET STORAGE EXTENDED;")
        .doesNotContain("\"zeros\" SET STORAGE", "\"little\" SET STORAGE");
    assertThat(carry(file, ImportTactics.DEFAULT).verified()).isTrue();

    assertThat(query("SELECT DISTINCT plain FROM watch.seen WHERE plain IS NOT NULL"))
        .containsExactly("noise");
    assertThat(query("SELECT plain FROM watch.seen ORDER BY moment DESC LIMIT 1"))
        .containsExactly("null");
    assertThat(
            query(
                "SELECT attname, attstorage FROM pg_attribute WHERE attrelid = 'files'::regclass"
                    + " AND atttypid = 'bytea'::regtype ORDER BY 1"))
        .containsExactly("little|x", "noise|x", "zeros|x");
    assertThat(query("SELECT DISTINCT pg_column_compression(zeros) FROM files"))
        .containsExactly("pglz");
  }

  @Test
  void orAreTriedLikeAllOthers() throws SQLException {
    execute(WATCH);
    Path file = blobs();
    ImportTactics tactics = ImportTactics.DEFAULT.plainBlobs(false);

    assertThat(SqliteImport.from(file).tactics(tactics).plan().text())
        .contains("-- blobs: the server tries to compress each; because the option says so")
        .doesNotContain("SET STORAGE");
    assertThat(carry(file, tactics).verified()).isTrue();
    assertThat(query("SELECT DISTINCT plain FROM watch.seen")).containsExactly("null");
  }

  /** On connections that are newer than what the test has set for the database. */
  private ImportReport carry(Path file, ImportTactics tactics) {
    try (Database fresh = Database.open(DatabaseConfig.builder(database.url()).build())) {
      return SqliteImport.from(file).tactics(tactics).into(fresh).run();
    }
  }
}

package dev.outgrow.importer.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement of a plan runs, whatever the source calls its things. */
class PlanOnServerTest {
  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  private static int imports;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void clear() throws SQLException {
    server.execute("DROP SCHEMA IF EXISTS target CASCADE", "CREATE SCHEMA target");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"b",
        "a\"\"; DROP SCHEMA target CASCADE; --",
        "line\nbreak\r\n",
        "it's",
        "$$",
        "back\\slash",
        "tab\there",
        "emoji 😀👩‍👩‍👧",
        "ünïcödé",
        "İıIi",
        "select",
        "user",
        "%s {0} ?",
        "a.b",
        "[bracket",
        "`tick`",
        " leading and trailing ",
        ":name",
        "-- comment",
        "/* comment"
      })
  void carriesWhateverTheNamesAre(String name) throws Exception {
    String q = '"' + name.replace("\"", "\"\"") + '"';
    carry(
        "CREATE TABLE "
            + q
            + " ("
            + q
            + " INTEGER PRIMARY KEY, other TEXT UNIQUE DEFAULT '"
            + name.replace("'", "''")
            + "')",
        "INSERT INTO " + q + " (other) VALUES ('x')",
        "CREATE TABLE \"2" + name.replace("\"", "\"\"") + "\" (" + q + " REFERENCES " + q + ")",
        "INSERT INTO \"2" + name.replace("\"", "\"\"") + "\" VALUES (1)",
        "CREATE INDEX \"ix"
            + name.replace("\"", "\"\"")
            + "\" ON "
            + q
            + "("
            + q
            + " DESC, other)");

    assertThat(server.column("SELECT " + q + " FROM target." + q)).containsExactly("1");
    assertThat(server.column("INSERT INTO target." + q + " DEFAULT VALUES RETURNING " + q))
        .containsExactly("2");
    assertThat(server.column("SELECT other FROM target." + q + " WHERE other <> 'x'"))
        .containsExactly(name);
  }

  @Test
  void carriesNamesThatAreTooLongOrEmptyOrTakenBySystemColumns() throws Exception {
    String longName = "é".repeat(40);
    SchemaMapping mapping =
        carry(
            "CREATE TABLE \"" + longName + "1\" (ctid INTEGER PRIMARY KEY, xmin TEXT, \"\" TEXT)",
            "CREATE TABLE \""
                + longName
                + "2\" (\""
                + longName
                + "1\" TEXT, \""
                + longName
                + "2\" TEXT UNIQUE)",
            "CREATE TABLE \"\" (a REFERENCES \"" + longName + "1\")",
            "CREATE INDEX \"" + longName + "3\" ON \"" + longName + "1\"(\"\")",
            "INSERT INTO \"" + longName + "1\" VALUES (1, 'x', '')");

    assertThat(mapping.renamed()).hasSize(9);
    assertThat(
            server.column(
                "SELECT relname FROM pg_class WHERE relnamespace = 'target'::regnamespace AND relkind = 'r'"))
        .hasSize(3)
        .contains("unnamed");
  }

  @Test
  void carriesTablesThatAreCalledLikeSequencesAndIndexes() throws Exception {
    carry(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE)",
        "CREATE TABLE t_id_seq (id INTEGER PRIMARY KEY)",
        "CREATE TABLE t_pkey (id INTEGER PRIMARY KEY)",
        "CREATE TABLE pk_t (id INTEGER PRIMARY KEY)",
        "CREATE TABLE uq_t_v (id INTEGER PRIMARY KEY)",
        "CREATE TABLE _t (id INTEGER PRIMARY KEY)",
        "CREATE INDEX t_pkey_id_seq ON t(v)",
        "CREATE INDEX pk_t_id_seq1 ON t(v)",
        "INSERT INTO t VALUES (7, 'x')");

    assertThat(server.column("INSERT INTO target.t (v) VALUES ('y') RETURNING id"))
        .containsExactly("8");
    assertThat(server.column("INSERT INTO target.t_id_seq DEFAULT VALUES RETURNING id"))
        .containsExactly("1");
  }

  @Test
  void carriesEachKindOfKeyAndDefault() throws Exception {
    carry(
        "CREATE TABLE a (id INTEGER DEFAULT 5 PRIMARY KEY, x INT, y TEXT COLLATE NOCASE NOT NULL DEFAULT 'it''s \\ ok', UNIQUE (x, y))",
        "INSERT INTO a VALUES (9223372036854775807, 1, 'one'), (-5, NULL, 'two')",
        "CREATE UNIQUE INDEX xy ON a(y DESC, x)",
        "CREATE TABLE b (x INT, y TEXT DEFAULT 7, r REAL DEFAULT -0.5, d DECIMAL DEFAULT '1.50', z BLOB DEFAULT x'00ff',"
            + " FOREIGN KEY (y, x) REFERENCES a(y, x) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,"
            + " FOREIGN KEY (x, y) REFERENCES a(x, y) ON UPDATE CASCADE)",
        "INSERT INTO b VALUES (1, 'one', 1.5, 2, x'01'), (NULL, 'gone', NULL, NULL, NULL)",
        "CREATE TABLE c (id PRIMARY KEY, parent REFERENCES c(id)) WITHOUT ROWID",
        "INSERT INTO c VALUES ('root', NULL), ('leaf', 'root')");

    assertThat(
            server.column(
                "SELECT conname FROM pg_constraint WHERE connamespace = 'target'::regnamespace AND contype = 'f' AND convalidated"))
        .hasSize(3);
    assertThat(
            server.column(
                "INSERT INTO target.b (x) VALUES (NULL) RETURNING y || r || d || z::text"))
        .containsExactly("7-0.51.5\\x00ff");
  }

  @Test
  void carriesOrphansUnderAKeyThatHoldsForNewRowsOnly() throws Exception {
    carry(
        "CREATE TABLE a (id INTEGER PRIMARY KEY)",
        "CREATE TABLE b (a INT REFERENCES a)",
        "INSERT INTO b VALUES (5)");

    assertThat(server.column("SELECT convalidated FROM pg_constraint WHERE conname = 'fk_b_a'"))
        .containsExactly("f");
  }

  @Test
  void carriesATableWithoutRowsAndAFileWithoutTables() throws Exception {
    carry("CREATE TABLE empty (id INTEGER PRIMARY KEY AUTOINCREMENT, v)");

    assertThat(server.column("INSERT INTO target.empty DEFAULT VALUES RETURNING id"))
        .containsExactly("1");
    clear();
    carry("CREATE VIEW v AS SELECT 1");
    assertThat(server.column("SELECT 1 FROM pg_class WHERE relnamespace = 'target'::regnamespace"))
        .isEmpty();
  }

  @Test
  void numbersOnWhereSqliteStoppedThoughTheLastRowIsGone() throws Exception {
    carry(
        "CREATE TABLE \"T\" (id INTEGER PRIMARY KEY AUTOINCREMENT, v)",
        "INSERT INTO T VALUES (41, 1)",
        "DELETE FROM T");

    assertThat(server.column("INSERT INTO target.\"T\" DEFAULT VALUES RETURNING id"))
        .containsExactly("42");
  }

  /** Does what an import does, statement by statement, and returns the mapping. */
  private SchemaMapping carry(String... statements) throws Exception {
    Path file = SqliteFiles.make(Files.createTempFile(folder, "source", ".db"), statements);
    ImportNames names = ImportNames.of("target", "test_" + imports++);
    try (SqliteSource source = SqliteSource.open(file);
        ImportTarget target = ImportTarget.open(server.database(), names, Buffers.DEFAULT)) {
      SchemaMapping mapping = Mapper.map(SqliteFiles.survey(source), List.of());
      Map<String, TableDigest> digests = new HashMap<>();
      for (Step step : ImportPlan.of(names, mapping, target.state()).steps()) {
        if (step instanceof Step.Execute execute) {
          target.execute(execute);
        } else if (step instanceof Step.Create create) {
          target.make(create);
        } else if (step instanceof Step.Attempt attempt) {
          assertThat(target.attempt(attempt)).isEmpty();
        } else if (step instanceof Step.Load load) {
          String table = load.table().source();
          digests.put(table, target.load(load, source.rows(table), (rows, bytes) -> {}).digest());
        } else if (step instanceof Step.Verify verify) {
          String table = verify.table().source();
          TableVerdict verdict =
              target.verify(
                  verify.table(),
                  requireNonNull(digests.get(table)),
                  () -> source.rows(table),
                  done -> {});
          assertThat(verdict.verified()).as("%s", verdict).isTrue();
        } else {
          target.swap(false);
        }
      }
      return mapping;
    }
  }
}

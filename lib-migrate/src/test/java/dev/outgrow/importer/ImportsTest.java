package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.database.catalog.PostgresCatalog;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalImport;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.postgres.Moved;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was there before an import comes back as it was, and nothing is lost that was written since.
 */
@Tag("slow") // an import for each, and more
class ImportsTest extends PostgresFixture {
  private static final String RIGHTS =
      "SELECT c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relacl::text, c.relrowsecurity,"
          + " obj_description(c.oid, 'pg_class'), (SELECT string_agg(a.attname || a.attacl::text"
          + " || coalesce(col_description(c.oid, a.attnum), ''), ',') FROM pg_attribute a WHERE a.attrelid = c.oid),"
          + " (SELECT string_agg(p.polname, ',') FROM pg_policy p WHERE p.polrelid = c.oid),"
          + " (SELECT string_agg(u.pubname, ',') FROM pg_publication_rel r JOIN pg_publication u ON u.oid = r.prpubid"
          + " WHERE r.prrelid = c.oid)"
          + " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1";
  private static final String ROUTINES =
      "SELECT proname, pg_get_function_identity_arguments(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
          + " UNION ALL SELECT typname, typtype::text FROM pg_type WHERE typnamespace = 'public'::regnamespace ORDER BY 1, 2";
  private static final String OF_SCHEMA =
      "SELECT nspname, pg_get_userbyid(nspowner), nspacl::text, obj_description(oid, 'pg_namespace') FROM pg_namespace"
          + " WHERE nspname NOT LIKE 'pg%' AND nspname <> 'outgrow' ORDER BY 1";

  @TempDir private Path folder;
  private Path file = Path.of("");
  private int written;

  @BeforeEach
  void sample() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO users VALUES (1, 'anna'), (2, 'ben')",
            "CREATE TABLE fresh(id INTEGER PRIMARY KEY)",
            "CREATE VIEW names AS SELECT name FROM users");
  }

  @Test
  void bringsBackEverythingThatASchemaHeld() throws SQLException {
    execute(
        "CREATE TYPE mood AS ENUM ('good')",
        "CREATE TYPE fresh AS ENUM ('in the way')",
        "CREATE TABLE users (id serial PRIMARY KEY, m mood, f fresh, name text UNIQUE CHECK (name <> ''))",
        "INSERT INTO users (m, name) VALUES ('good', 'carl'), (NULL, 'dora')",
        "CREATE TABLE plays (u int REFERENCES users ON DELETE CASCADE, at timestamptz DEFAULT now()) PARTITION BY LIST (u)",
        "CREATE TABLE plays_1 PARTITION OF plays FOR VALUES IN (1)",
        "INSERT INTO plays VALUES (1, '2020-01-01')",
        "CREATE VIEW names AS SELECT lower(name) AS name FROM users",
        "CREATE MATERIALIZED VIEW saved AS SELECT * FROM users",
        "CREATE SEQUENCE free START 7",
        "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER noted BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION shout()",
        "CREATE FUNCTION of(users) RETURNS text LANGUAGE sql AS 'SELECT $1.name'",
        "CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql AS 'SELECT lower($1)'",
        "GRANT SELECT (name), UPDATE (m) ON users TO public",
        "COMMENT ON COLUMN users.name IS 'how they are called'",
        "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY own ON users USING (name = current_user)",
        "CREATE PUBLICATION news FOR TABLE users, plays_1");
    List<String> before = all("users", "plays", "saved");

    String id = imported(true);
    execute("INSERT INTO users VALUES (3, 'since')", "CREATE TABLE since (v text)");
    UndoneImport undone = Imports.of(database).undo(id);

    assertThat(all("users", "plays", "saved")).isEqualTo(withSchema(before, undone));
    assertThat(query("INSERT INTO users (name) VALUES ('next') RETURNING id")).containsExactly("3");
    assertThat(query("SELECT name FROM public_undone_" + id + ".users ORDER BY id"))
        .containsExactly("anna", "ben", "since");
    assertThat(query("SELECT * FROM public_undone_" + id + ".since")).isEmpty();
    assertThat(Imports.of(database).discard(id)).containsExactly("public_undone_" + id);
    assertThat(schemas()).containsExactly("public");
    execute("DROP PUBLICATION news");
  }

  @Test
  void bringsBackAnEmptySchemaAndNone() throws SQLException {
    execute("GRANT CREATE ON SCHEMA public TO public");
    List<String> before = query(OF_SCHEMA);

    String empty = imported(false);
    assertThat(Imports.of(database).undo(empty).keptIn()).contains("public_undone_" + empty);
    assertThat(Imports.of(database).discard(empty)).hasSize(1);
    assertThat(query(OF_SCHEMA)).isEqualTo(before);
    assertThat(query(ROUTINES)).isEmpty();

    String none =
        recorded(
            SqliteImport.from(file).into(database).schema("new \"one\"").run(),
            "new \"one\"",
            true);
    execute("INSERT INTO \"new \"\"one\"\"\".users VALUES (9, 'since')");
    UndoneImport undone = Imports.of(database).undo(none);
    assertThat(
            query(
                "SELECT name FROM \""
                    + undone.keptIn().orElseThrow().replace("\"", "\"\"")
                    + "\".users WHERE id = 9"))
        .containsExactly("since");
    assertThat(schemas()).doesNotContain("new \"one\"");
    Imports.of(database).discard(none);
    assertThat(query(OF_SCHEMA)).isEqualTo(before);
  }

  @Test
  void ofSeveralImportsOnlyTheLatestCanBeUndoneAndThenTheOneBefore() throws SQLException {
    execute("CREATE TABLE users (first text)");
    String one = imported(true);
    String two = imported(true);

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).undo(one))
        .withMessageContaining("a later import, " + two);
    assertThat(Imports.of(database).list())
        .extracting(PastImport::id, i -> i.whyNotUndone().isEmpty(), i -> i.kept().size())
        .containsExactly(tuple(two, true, 1), tuple(one, false, 1));

    Imports.of(database).undo(two);
    assertThat(query("SELECT name FROM users WHERE id = 1")).containsExactly("anna");
    Imports.of(database).undo(one);
    assertThat(query("SELECT count(first) FROM users")).containsExactly("0");
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).undo(one))
        .withMessageContaining("undone already");
  }

  @Test
  void whatIsDiscardedIsGoneAndCannotBeBroughtBack() throws SQLException {
    execute("CREATE TABLE users (first text)");
    String id = imported(true);

    assertThat(Imports.of(database).discard(id)).containsExactly("public_before_" + id);

    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT count(*) FROM users")).containsExactly("2");
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).undo(id))
        .withMessageContaining("is dropped");
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).discard(id))
        .withMessageContaining("Nothing is kept");
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).undo("nonesuch"))
        .withMessageContaining("no import nonesuch");
  }

  @Test
  void nothingElsewhereIsDroppedWithIt() throws SQLException {
    execute("CREATE TABLE users (first text)", "CREATE TYPE fresh AS ENUM ('a')");
    String id = imported(true);
    String before = "public_before_" + id;
    execute(
        "CREATE SCHEMA other",
        "CREATE VIEW other.seen AS SELECT first FROM " + before + ".users",
        "CREATE TABLE other.t (kept int, f " + before + ".fresh)");

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).discard(id))
        .satisfies(e -> assertThat(e.holds()).contains("view other.seen", "column other.t.f"));

    assertThat(query("SELECT count(*) FROM other.seen, other.t")).containsExactly("0");
    assertThat(schemas()).contains(before);
  }

  @Test
  void whoUsesTheTablesIsNamedAndNothingIsChanged() throws SQLException {
    execute("CREATE TABLE users (first text)");
    String id = imported(true);
    try (Connection other = database.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("INSERT INTO users VALUES (3, 'at work')");
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(
              () -> Imports.of(database).lockTimeout(Duration.ofMillis(50)).lockRetries(1).undo(id))
          .withMessageContaining("RowExclusiveLock on users");
      other.commit();
    }
    assertThat(query("SELECT name FROM users WHERE id = 3")).containsExactly("at work");
    assertThat(Imports.of(database).list().get(0).state()).isEqualTo(PastImport.State.SWAPPED);
  }

  @Test
  void whatUsesTheTablesElsewhereRefusesTheUndo() throws SQLException {
    execute("CREATE TABLE users (first text)");
    String id = imported(true);
    execute("CREATE SCHEMA other", "CREATE VIEW other.seen AS SELECT name FROM users");

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).undo(id))
        .withMessageContaining("view other.seen");

    execute("DROP VIEW other.seen");
    Imports.of(database).undo(id);
    assertThat(query("SELECT count(first) FROM users")).containsExactly("0");
  }

  @Test
  void twoHundredTablesComeBackAsTheyWere() throws SQLException {
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tables.add(
          "CREATE TABLE t"
              + i
              + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text UNIQUE)");
      tables.add("GRANT SELECT ON t" + i + " TO public");
    }
    execute(tables.toArray(String[]::new));
    List<String> before = query(RIGHTS);
    Schema schema = schema();

    String id = imported(true);
    assertThat(schema().tables()).hasSize(2);
    Imports.of(database).undo(id);

    assertThat(query(RIGHTS)).isEqualTo(before);
    assertThat(schema()).isEqualTo(schema);
  }

  @Test
  void rowsThatWereBroughtIntoTablesAreTakenOutAndTheFormerOnesPutBack() throws SQLException {
    execute(
        "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text,"
            + " up text GENERATED ALWAYS AS (upper(name)) STORED, j json)",
        "CREATE TABLE fresh (id bigint PRIMARY KEY)",
        "CREATE TABLE plays (u bigint REFERENCES users)",
        "INSERT INTO users (name, j) VALUES ('carl', '{\"a\": 1}'), ('carl', NULL)",
        "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := NULL; RETURN NEW; END'",
        "CREATE TRIGGER noted BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION shout()",
        "CREATE SCHEMA keys",
        "INSERT INTO plays VALUES (1)");
    List<String> before = all("users", "fresh", "plays");
    ImportReport report =
        SqliteImport.from(file).into(database).intoExisting(true).replace(true).run();
    String id = recorded(report, "public", false);
    execute("INSERT INTO fresh VALUES (77)");

    UndoneImport undone = Imports.of(database).undo(id);

    assertThat(all("users", "fresh", "plays")).isEqualTo(withSchema(before, undone));
    assertThat(query("SELECT id FROM " + undone.keptIn().orElseThrow() + ".fresh")).contains("77");
    assertThat(query("SELECT name FROM " + undone.keptIn().orElseThrow() + ".users ORDER BY 1"))
        .containsExactly("anna", "ben");
    Imports.of(database).discard(id);
    assertThat(all("users", "fresh", "plays")).isEqualTo(before);
  }

  @Test
  void tablesThatWereChangedSinceRefuseToHaveTheirRowsPutBack() throws SQLException {
    execute(
        "CREATE TABLE users (id bigint PRIMARY KEY, name text)",
        "CREATE TABLE fresh (id bigint PRIMARY KEY)",
        "INSERT INTO users VALUES (5, 'carl')");
    ImportReport report =
        SqliteImport.from(file).into(database).intoExisting(true).replace(true).run();
    String id = recorded(report, "public", false);
    execute("ALTER TABLE users ALTER name TYPE varchar(4)");

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Imports.of(database).undo(id))
        .withMessageContaining("table users of schema public has other columns by now");
    assertThat(query("SELECT name FROM users ORDER BY 1")).containsExactly("anna", "ben");
  }

  private String imported(boolean replace) throws SQLException {
    return recorded(SqliteImport.from(file).into(database).replace(replace).run(), "public", false);
  }

  /**
   * Returns the id under which the journal knows of an import, in which it is written if need be.
   */
  private String recorded(ImportReport report, String schema, boolean made) throws SQLException {
    assertThat(report.verified()).isTrue();
    try (Connection connection = database.connection()) {
      Journal journal = Journal.open(connection).orElseThrow();
      if (journal.entries().size() > written) {
        written = journal.entries().size();
        return journal.entries().get(0).id();
      }
      written++;
      String id =
          report.before().isEmpty()
              ? "20200101_00000" + written + "_abcdef"
              : report.before().substring(report.before().indexOf("_before_") + 8);
      ImportNames names = ImportNames.of(schema, id);
      boolean existing = report.target().endsWith("were there");
      journal.begin(
          new JournalImport(
              id,
              schema,
              names.staging(),
              names.before(),
              names.rejects(),
              existing ? "existing" : "create",
              file.toString(),
              "",
              ""));
      List<String> tables =
          existing ? report.tables().stream().map(t -> t.name()).toList() : List.of();
      journal.swapped(id, new Moved(made, report.before(), tables, List.of(), false).json());
      return id;
    }
  }

  /** Everything that is to be as it was. */
  private List<String> all(String... tables) throws SQLException {
    List<String> all = new ArrayList<>();
    all.add(schema().toString());
    all.addAll(query(RIGHTS));
    all.addAll(query(ROUTINES));
    all.addAll(query(OF_SCHEMA));
    for (String table : tables) {
      all.addAll(query("SELECT CAST(t AS text) FROM " + table + " t ORDER BY 1"));
    }
    return all;
  }

  /** What is kept aside is one schema more. */
  private static List<String> withSchema(List<String> before, UndoneImport undone) {
    List<String> all = new ArrayList<>(before);
    int place =
        all.indexOf(all.stream().filter(l -> l.startsWith("public|")).findFirst().orElseThrow());
    all.add(place + 1, undone.keptIn().orElseThrow() + "|postgres|null|null");
    return all;
  }

  private Schema schema() throws SQLException {
    try (Connection connection = database.connection()) {
      return PostgresCatalog.read(connection, "public");
    }
  }
}

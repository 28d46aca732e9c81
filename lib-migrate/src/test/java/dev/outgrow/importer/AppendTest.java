package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportHtml;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are added to rows which the target holds. */
class AppendTest extends PostgresFixture {
  private static final String[] TWO_ROWS = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, w REAL)",
    "INSERT INTO t VALUES (2, 'two', 2.5), (3, 'three', 0.0), (4, 'four', NULL)"
  };

  @TempDir private Path folder;

  private Path file(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private SqliteImport append(Path file, Append how) {
    return SqliteImport.from(file).into(database).append(how);
  }

  private void target() throws SQLException {
    execute(
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text, w double precision,"
            + " seen int DEFAULT 7, twice text GENERATED ALWAYS AS (v || v) STORED)",
        "INSERT INTO t(id, v, w, seen) OVERRIDING SYSTEM VALUE VALUES (1, 'one', 1, 1), (2, 'zwei', 2.5, 2),"
            + " (3, 'three', '-0', 3), (4, 'four', NULL, 4)");
  }

  private static Merged merged(ImportReport report) {
    return report.merged().orElseThrow();
  }

  @Test
  void upsertUpdatesWhatIsThereInTheCarriedColumnsAndInsertsTheRest() throws SQLException {
    target();
    Path file = file(TWO_ROWS);
    SqliteFiles.make(file, "INSERT INTO t VALUES (90, 'neunzig', 9)");

    ImportReport report = append(file, Append.UPSERT).run();

    assertThat(query("SELECT * FROM t ORDER BY id"))
        .containsExactly(
            "1|one|1|1|oneone",
            "2|two|2.5|2|twotwo",
            "3|three|0|3|threethree",
            "4|four|null|4|fourfour",
            "90|neunzig|9|7|neunzigneunzig");
    assertThat(merged(report)).isEqualTo(new Merged(1, 2, 1, 0));
    assertThat(report.rowsRead()).isEqualTo(4);
    assertThat(report.rowsVerified()).isEqualTo(4);
    assertThat(report.verified()).isTrue();
    assertThat(query("INSERT INTO t(v) VALUES ('next') RETURNING id")).containsExactly("91");
    assertThat(report.before()).startsWith("public_former_");
    assertThat(query("SELECT * FROM \"" + report.before() + "\".t ORDER BY id"))
        .containsExactly("2|zwei|2.5|2|zweizwei", "3|three|-0|3|threethree");
    assertThat(schemas()).containsExactly("public", report.before());
    assertThat(
            query(
                "SELECT attidentity FROM pg_attribute WHERE attname = 'id' AND attrelid = 't'::regclass"))
        .containsExactly("a");
  }

  @Test
  void missingInsertsWhatIsNotThereAndLeavesTheRest() throws SQLException {
    target();
    Path file = file(TWO_ROWS);
    SqliteFiles.make(file, "INSERT INTO t VALUES (90, 'neunzig', 9)");
    List<String> before = query("SELECT xmin, ctid, * FROM t ORDER BY id");

    ImportReport report = append(file, Append.MISSING).run();

    assertThat(query("SELECT xmin, ctid, * FROM t WHERE id < 90 ORDER BY id")).isEqualTo(before);
    assertThat(query("SELECT v FROM t WHERE id = 90")).containsExactly("neunzig");
    assertThat(merged(report)).isEqualTo(new Merged(1, 0, 1, 2));
    assertThat(report.rowsVerified()).isEqualTo(2);
    assertThat(report.verified()).isTrue();
    assertThat(report.before()).isEmpty();
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void theSameAgainTouchesNoRow() throws SQLException {
    execute(
        "CREATE TABLE t (id bigint PRIMARY KEY, n numeric, p numeric(9,3), r real, c char(4), j jsonb, o json,"
            + " at timestamptz, b bytea, i interval, d double precision, m money, x text)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n, p, r, c, j, o, at, b, i, d, m, x)",
            "INSERT INTO t VALUES (1, '1.50', 1.5, 0.1, 'a', '{\"b\":1, \"a\":2}', '{\"b\":1, \"a\":2}',"
                + " '2024-02-29 10:00:00', x'00ff', '90 minutes', -0.0, 1.25, 'ä')",
            "INSERT INTO t(id) VALUES (2)");
    for (Append how : List.of(Append.UPSERT, Append.MISSING)) {
      ImportReport first = append(file, how).run();
      List<String> before = query("SELECT xmin, ctid, id FROM t ORDER BY id");

      ImportReport again = append(file, how).run();

      assertThat(first.verified()).isTrue();
      assertThat(merged(again)).isEqualTo(new Merged(0, 0, 2, 0));
      assertThat(again.before()).isEmpty();
      assertThat(query("SELECT xmin, ctid, id FROM t ORDER BY id")).isEqualTo(before);
    }
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void whatAnImportMadeIsAddedToOnTheNextDay() throws SQLException {
    Path file =
        file(
            "CREATE TABLE a(id INTEGER PRIMARY KEY, b REFERENCES b(id), name TEXT COLLATE NOCASE UNIQUE)",
            "CREATE TABLE b(id INTEGER PRIMARY KEY, a REFERENCES a(id))",
            "INSERT INTO a VALUES (1, 1, 'x')",
            "INSERT INTO b VALUES (1, 1)");
    SqliteImport.from(file).into(database).run();
    SqliteFiles.make(
        file,
        "UPDATE a SET name = 'X' WHERE id = 1",
        "INSERT INTO a VALUES (2, 2, 'y')",
        "INSERT INTO b VALUES (2, 2)");

    ImportReport report = append(file, Append.UPSERT).run();

    assertThat(merged(report)).isEqualTo(new Merged(2, 1, 1, 0));
    assertThat(query("SELECT * FROM a ORDER BY id")).containsExactly("1|1|X", "2|2|y");
    assertThat(query("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("t", "t");
    assertThat(append(file, Append.UPSERT).verify().verified()).isTrue();
    assertThat(query("INSERT INTO b(a) VALUES (1) RETURNING id")).containsExactly("3");
  }

  @Test
  void verifyComparesTheFilesRowsAndLetsOthersBe() throws SQLException {
    target();
    Path file = file(TWO_ROWS);
    append(file, Append.UPSERT).run();

    assertThat(append(file, Append.UPSERT).verify().verified()).isTrue();
    assertThat(SqliteImport.from(file).into(database).intoExisting(true).verify().verified())
        .isFalse();

    execute("UPDATE t SET v = 'other' WHERE id = 2", "DELETE FROM t WHERE id = 4");
    assertThat(append(file, Append.MISSING).verify().differences())
        .extracting(d -> d.describe())
        .containsExactly(
            "Table t, row id=2 differs in v", "Table t, row id=4 is missing in PostgreSQL");
  }

  @Test
  void aUniqueKeyWithoutNullsTellsRowsApartWhereThereIsNoPrimaryKey() throws SQLException {
    execute(
        "CREATE TABLE t (code text NOT NULL, part int NOT NULL, v text, note text, maybe int UNIQUE)",
        "CREATE UNIQUE INDEX by_code ON t (part, code)",
        "INSERT INTO t VALUES ('a', 1, 'old', 'mine'), ('b', 1, 'other', 'mine')");
    Path file =
        file(
            "CREATE TABLE t(code TEXT, part INT, v TEXT)",
            "INSERT INTO t VALUES ('a', 1, 'new'), ('a', 2, 'more')");

    assertThat(merged(append(file, Append.UPSERT).run())).isEqualTo(new Merged(1, 1, 0, 0));
    assertThat(query("SELECT * FROM t ORDER BY code, part"))
        .containsExactly("a|1|new|mine|null", "a|2|more|null|null", "b|1|other|mine|null");
  }

  @Test
  void aTableOfWhichTheFileHasNoRowsNeedsNoKey() throws SQLException {
    target();
    execute("CREATE TABLE bare (v text)", "INSERT INTO bare VALUES ('mine')");
    Path file = file(TWO_ROWS);
    SqliteFiles.make(file, "CREATE TABLE bare(v TEXT)");

    assertThat(merged(append(file, Append.UPSERT).run())).isEqualTo(new Merged(0, 2, 1, 0));
    assertThat(query("SELECT * FROM bare")).containsExactly("mine");
    assertThat(append(file, Append.UPSERT).verify().verified()).isTrue();
  }

  @Test
  void rowsOfATableThatInheritsStayInIt() throws SQLException {
    target();
    execute(
        "CREATE TABLE heir (more int) INHERITS (t)",
        "INSERT INTO heir(id, v, seen, more) VALUES (5, 'five', 5, 5)");
    Path file =
        file("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", "INSERT INTO t VALUES (5, 'x')");

    assertThatThrownBy(() -> append(file, Append.UPSERT).run())
        .isInstanceOf(VerificationFailedException.class)
        .hasMessageContaining("Table t has lost or changed rows that are not the file's");
    assertThat(query("SELECT v, more FROM heir")).containsExactly("five|5");
  }

  @Test
  void rowsMayChangePlacesUnderAUniqueKey() throws SQLException {
    execute(
        "CREATE TABLE t (id int PRIMARY KEY, place int UNIQUE, note text)",
        "CREATE TABLE other (p int REFERENCES t(place) ON DELETE CASCADE)",
        "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')",
        "INSERT INTO other VALUES (1), (2), (3)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, place INT)",
            "INSERT INTO t VALUES (1, 2), (2, 1)");

    assertThat(append(file, Append.UPSERT).run().verified()).isTrue();

    assertThat(query("SELECT * FROM t ORDER BY id")).containsExactly("1|2|a", "2|1|b", "3|3|c");
    assertThat(query("SELECT * FROM other ORDER BY p")).containsExactly("1", "2", "3");
  }

  @Test
  void spellingsThatTheKeyTakesForOneAreOneRow() throws SQLException {
    execute(
        "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "CREATE TABLE t (name text COLLATE nocase PRIMARY KEY, price numeric UNIQUE, v text)",
        "INSERT INTO t VALUES ('Rock', 1.0, 'old'), ('pop', 2, 'old')");
    Path file =
        file(
            "CREATE TABLE t(name TEXT PRIMARY KEY, price NUMERIC, v TEXT)",
            "INSERT INTO t VALUES ('ROCK', '1.00', 'new'), ('Jazz', 3, 'new')");

    assertThat(merged(append(file, Append.MISSING).run())).isEqualTo(new Merged(1, 0, 0, 1));
    assertThat(merged(append(file, Append.UPSERT).run())).isEqualTo(new Merged(0, 1, 1, 0));
    assertThat(query("SELECT name, v FROM t ORDER BY v, name COLLATE \"C\""))
        .containsExactly("Jazz|new", "ROCK|new", "pop|old");

    SqliteFiles.make(file, "INSERT INTO t VALUES ('rock', 4, 'again')");
    assertThatThrownBy(() -> append(file, Append.UPSERT).run())
        .hasMessageContaining(
            "1 value of t(name) that several rows of the file have, and one alone can have");
  }

  @Test
  void triggersAreSilentAndPartitionsTakeTheirRows() throws SQLException {
    execute(
        "CREATE TABLE t (id int, day date, v text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
        "CREATE TABLE t_23 PARTITION OF t FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
        "CREATE TABLE t_24 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
        "INSERT INTO t VALUES (1, '2023-05-05', 'old'), (2, '2024-05-05', 'other')",
        "CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := ''loud''; RETURN NEW; END'",
        "CREATE TRIGGER loud BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION loud()");
    Path file =
        file(
            "CREATE TABLE t(id INT, day DATE, v TEXT, PRIMARY KEY(id, day))",
            "INSERT INTO t VALUES (1, '2023-05-05', 'new'), (1, '2024-06-06', 'more')");

    assertThat(append(file, Append.UPSERT).run().verified()).isTrue();
    assertThat(query("SELECT tableoid::regclass, * FROM t ORDER BY id, day"))
        .containsExactly(
            "t_23|1|2023-05-05|new", "t_24|1|2024-06-06|more", "t_24|2|2024-05-05|other");
    assertThat(query("SELECT tgenabled FROM pg_trigger WHERE tgname = 'loud' AND tgparentid = 0"))
        .containsExactly("O");
  }

  @Test
  void theReportSaysWhatBecameOfTheRows() throws SQLException {
    target();
    ImportReport report = append(file(TWO_ROWS), Append.MISSING).run();

    assertThat(ReportText.of(report, List.of()))
        .contains("inserted  updated  equal  kept  rejected")
        .contains("3 rows read = 0 inserted + 0 updated + 1 equal + 2 kept + 0 rejected")
        .endsWith("verified\n");
    assertThat(ReportJson.of(report))
        .contains("\"rowsInserted\" : 0", "\"rowsEqual\" : 1", "\"rowsKept\" : 2");
    assertThat(ReportHtml.of(report, List.of()))
        .contains("data-title=\"kept\"")
        .containsPattern("<dt>kept</dt>\\s*<dd>2</dd>");
  }

  @Test
  void addingAndReplacingExcludeEachOther() throws SQLException {
    Path file = file(TWO_ROWS);
    assertThatThrownBy(() -> append(file, Append.UPSERT).replace(true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("append");
  }
}

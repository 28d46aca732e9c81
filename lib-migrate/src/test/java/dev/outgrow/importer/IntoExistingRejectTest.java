package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.source.Reading.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that do not fit the tables that are there already: each is told, or kept aside. */
class IntoExistingRejectTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path rejects;

  @BeforeEach
  void nameTheRejectFolder() {
    rejects = folder.resolve("rejects");
  }

  @Test
  void everyRowThatDoesNotFitIsToldInOneErrorWithItsKeyAndReason() throws SQLException {
    misfits();
    BadRowsException refusal = catchThrowableOfType(BadRowsException.class, () -> load().run());

    assertThat(refusal)
        .hasMessageStartingWith("7 rows cannot be carried:")
        .hasMessageContainingAll(
            "table t, row id=2, column small: it is not a whole number in its range, which smallint has to be",
            "table t, row id=3, column name: it is null, which the column refuses",
            "table t, row id=4, column small: it is not a whole number in its range, which smallint has to be;"
                + " column at: it is not a date and time as ISO text, which timestamp with time zone has to be; a rule"
                + " can say what a number counts (--rules); column name: it is null, which the column refuses",
            "table u, row rowid=2, column code: it is not text that is valid and short enough, which character"
                + " varying(3) has to be",
            "table u, row rowid=3, column mood: public.mood does not keep it",
            "table c, row id=2, column t: it refers to a row that is not there: c(t) -> t",
            "table c, row id=3, column t: it refers to a row that is not there: c(t) -> t",
            "narrower column t.small: 2 values are not");
    assertThat(refusal.report().tables())
        .extracting(IntoExistingRejectTest::counts)
        .containsExactly("c 3 2", "g 2 0", "t 4 3", "u 3 2");
    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("0");
    assertThat(rejects).doesNotExist();
  }

  @Test
  void rowsThatDoNotFitAreKeptAsideAndTheOthersArrive() throws SQLException, IOException {
    misfits();
    SqliteImport loading = load().onBadRow(BadRows.REJECT).orphans(Orphans.REJECT);

    ImportReport report = loading.run();

    assertThat(report.verified()).isTrue();
    assertThat(report.tables())
        .extracting(IntoExistingRejectTest::sums)
        .containsExactly("c 3=1+2", "g 2=1+1", "t 4=1+3", "u 3=1+2");
    assertThat(query("SELECT id FROM t")).containsExactly("1");
    assertThat(query("SELECT code, mood FROM u")).containsExactly("abc|ok");
    assertThat(query("SELECT id, t FROM c")).containsExactly("1|1");
    assertThat(query("SELECT id, c FROM g")).containsExactly("1|1");
    String schema = report.rejectPlace().schema();
    assertThat(schemas()).containsExactlyInAnyOrder("public", schema);
    assertThat(
            query(
                "SELECT source_table, key, column_name FROM "
                    + schema
                    + ".rejects ORDER BY source_table, key"))
        .containsExactly(
            "c|id=2|t",
            "c|id=3|t",
            "g|id=2|c",
            "t|id=2|small",
            "t|id=3|name",
            "t|id=4|small",
            "u|rowid=2|code",
            "u|rowid=3|mood");
    assertThat(
            query(
                "SELECT raw_values->1->>'value' FROM "
                    + schema
                    + ".rejects WHERE key = 'id=2' AND source_table = 't'"))
        .containsExactly("40000");
    assertThat(Files.readAllLines(Path.of(report.rejectPlace().folder()).resolve("u.jsonl")))
        .hasSize(2)
        .anySatisfy(l -> assertThat(l).contains("\"value\":\"gloomy\""));
    assertThat(report.notCarried()).extracting(n -> n.kind()).containsOnly(Kind.REJECT);

    VerifyReport later = loading.verify();
    assertThat(later.differences()).isEmpty();
    assertThat(later.verified()).isTrue();
    assertThat(later.rows()).isEqualTo(4);
    assertThat(later.rowsRejected()).isEqualTo(8);
    execute("UPDATE c SET t = NULL");
    assertThat(loading.verify().differences())
        .singleElement()
        .satisfies(d -> assertThat(d.describe()).isEqualTo("Table c, row id=1 differs in t"));
    assertThat(schemas()).containsExactlyInAnyOrder("public", schema);
  }

  @Test
  void whatOnlyTheServerKnowsIsRejectedRowByRow() throws SQLException {
    execute(
        "CREATE TYPE mood AS ENUM ('ok')",
        "CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100)",
        "CREATE TABLE t (id integer PRIMARY KEY, mood mood, share percent, at timestamp(0), data jsonb)");
    make(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, mood, share, at, data)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t"
            + " SELECT i, CASE i % 1000 WHEN 0 THEN 'bad' ELSE 'ok' END, CASE i % 1500 WHEN 0 THEN 101 ELSE 7 END,"
            + " '2024-01-01 00:00:00', '{}' FROM n",
        "UPDATE t SET at = '2024-01-01 00:00:00.5' WHERE id = 7",
        "UPDATE t SET data = '\"\\u0000\"' WHERE id = 19999");
    SqliteImport loading = load().onBadRow(BadRows.REJECT);

    ImportReport report = loading.run();

    assertThat(report.tables())
        .extracting(IntoExistingRejectTest::sums)
        .containsExactly("t 20000=" + (20000 - 29) + "+29");
    assertThat(report.rejects())
        .extracting(r -> r.key() + " " + r.column() + " " + r.reason())
        .contains(
            "id=3000 mood public.mood does not keep it; column share:"
                + " public.percent does not keep it",
            "id=7 at timestamp(0) without time zone does not keep it",
            "id=19999 data jsonb does not keep it");
    assertThat(query("SELECT count(*), min(share) FROM t WHERE id % 1000 <> 0"))
        .containsExactly("19971|7".replace("19971", "" + (20000 - 20 - 9)));
    assertThat(loading.verify().verified()).isTrue();
  }

  @Test
  void aDomainMayRefuseNullsWhereItsColumnDoesNot() throws SQLException {
    execute(
        "CREATE DOMAIN word AS text NOT NULL",
        "CREATE DOMAIN known AS char(3) CHECK (VALUE IS NOT NULL)",
        "CREATE TABLE t (id integer PRIMARY KEY, w word, k known)");
    make(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, w TEXT, k TEXT)",
        "INSERT INTO t VALUES (1, 'a', 'abc'), (2, NULL, 'abc'), (3, 'c', NULL)");

    assertThat(catchThrowableOfType(BadRowsException.class, () -> load().run()))
        .hasMessageContainingAll(
            "row id=2, column w: it is null, which the column refuses",
            "row id=3, column k: public.known does not keep it");
    assertThat(load().onBadRow(BadRows.REJECT).run().rowsRejected()).isEqualTo(2);
    assertThat(query("SELECT id FROM t")).containsExactly("1");
  }

  @Test
  void aRowOfTheTargetIsAParentAsGoodAsOneOfTheFile() throws SQLException {
    execute(
        "CREATE TABLE kind (code varchar(10) PRIMARY KEY)",
        "INSERT INTO kind VALUES ('film'), ('song')",
        "CREATE TABLE play (id integer PRIMARY KEY, kind varchar(10) REFERENCES kind)");
    make(
        "CREATE TABLE play(id INTEGER PRIMARY KEY, kind TEXT)",
        "INSERT INTO play VALUES (1, 'film'), (2, 'opera'), (3, NULL), (4, 'song')");

    assertThat(catchThrowableOfType(BadRowsException.class, () -> load().run()))
        .hasMessageContaining(
            "table play, row id=2, column kind: it refers to a row that is not there: play(kind) -> kind");
    SqliteImport rejecting = load().orphans(Orphans.REJECT);
    assertThat(rejecting.run().rowsRejected()).isEqualTo(1);
    assertThat(query("SELECT id, kind FROM play ORDER BY 1"))
        .containsExactly("1|film", "3|null", "4|song");
    assertThat(rejecting.verify().verified()).isTrue();

    SqliteImport nulling = load().orphans(Orphans.NULL).replace(true);
    ImportReport nulled = nulling.run();
    assertThat(query("SELECT id, kind FROM play ORDER BY 1"))
        .containsExactly("1|film", "2|null", "3|null", "4|song");
    assertThat(nulled.notCarried())
        .extracting(n -> n.kind() + " " + n.name() + " " + n.reason())
        .containsExactly(
            "NULLED_REFERENCE play(kind) -> kind 1 rows referred to nothing; kind became NULL in them, such as id=2");
    assertThat(nulling.verify().verified()).isTrue();
    assertThat(query("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("play_kind_fkey|t");
  }

  @Test
  void orphansAreThoseOfTheTargetsKeysAndTypes() throws SQLException {
    execute(
        "CREATE TABLE p (id uuid PRIMARY KEY, n numeric UNIQUE)",
        "CREATE TABLE c (id integer PRIMARY KEY, p uuid REFERENCES p, n numeric REFERENCES p (n))");
    make(
        "CREATE TABLE p(id TEXT PRIMARY KEY, n TEXT)",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, p TEXT, n TEXT, lost INTEGER REFERENCES p(lost))",
        "INSERT INTO p VALUES ('00112233-4455-6677-8899-aabbccddeeff', '1.50')",
        "INSERT INTO c(id, p, n) VALUES (1, '00112233-4455-6677-8899-AABBCCDDEEFF', 1.5),"
            + " (2, '00112233-4455-6677-8899-AABBCCDDEEF0', '1.500'), (3, NULL, '2')");
    SqliteImport loading = load().orphans(Orphans.REJECT).accept(List.of(Kind.MISSING_COLUMN));

    ImportReport report = loading.run();

    assertThat(query("SELECT id FROM c")).containsExactly("1");
    assertThat(report.rejects())
        .extracting(r -> r.key() + " " + r.column())
        .containsExactly("id=2 p", "id=3 n");
    assertThat(loading.verify().verified()).isTrue();
  }

  @Test
  void rejectingGoesRoundCirclesAndDownAChain() throws SQLException {
    execute(
        "CREATE TABLE a (id integer PRIMARY KEY, b integer)",
        "CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a)",
        "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b",
        "CREATE TABLE chain (id integer PRIMARY KEY, up integer REFERENCES chain)");
    make(
        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INTEGER)",
        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INTEGER)",
        "CREATE TABLE chain(id INTEGER PRIMARY KEY, up INTEGER)",
        "INSERT INTO a VALUES (1, 1), (2, 2), (3, 3), (4, NULL)",
        "INSERT INTO b VALUES (1, 2), (2, 9), (3, 3), (4, 4)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            + " INSERT INTO chain SELECT i, i + 1 FROM n");
    SqliteImport loading = load().orphans(Orphans.REJECT);

    ImportReport report = loading.run();

    assertThat(report.tables())
        .extracting(IntoExistingRejectTest::sums)
        .containsExactly("a 4=2+2", "b 4=2+2", "chain 2000=0+2000");
    assertThat(query("SELECT id FROM a ORDER BY 1")).containsExactly("3", "4");
    assertThat(query("SELECT id FROM b ORDER BY 1")).containsExactly("3", "4");
    assertThat(loading.verify().verified()).isTrue();
  }

  @Test
  void nullIsGivenWhereTheTargetTakesIt() throws SQLException {
    execute(
        "CREATE TABLE p (a integer, b text, PRIMARY KEY (a, b))",
        "CREATE TABLE c (id integer PRIMARY KEY, x integer NOT NULL, y text, FOREIGN KEY (x, y) REFERENCES p)",
        "CREATE TABLE d (id integer PRIMARY KEY, x integer NOT NULL, y text NOT NULL, FOREIGN KEY (x, y) REFERENCES p)");
    make(
        "CREATE TABLE p(a INT, b TEXT)",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, x INT, y TEXT)",
        "CREATE TABLE d(id INTEGER PRIMARY KEY, x INT, y TEXT)",
        "INSERT INTO p VALUES (1, 'a')",
        "INSERT INTO c VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, NULL)",
        "INSERT INTO d VALUES (1, 1, 'a')");
    SqliteImport loading = load().orphans(Orphans.NULL);

    assertThat(loading.run().verified()).isTrue();
    assertThat(query("SELECT id, x, y FROM c ORDER BY 1"))
        .containsExactly("1|1|a", "2|1|null", "3|2|null");
    assertThat(loading.verify().verified()).isTrue();

    SqliteFiles.make(folder.resolve("source.db"), "INSERT INTO d VALUES (2, 7, 'z')");
    assertThat(
            catchThrowableOfType(
                BadRowsException.class, () -> load().orphans(Orphans.NULL).replace(true).run()))
        .hasMessageContaining(
            "table d, row id=2, column x, y: it refers to a row that is not there, and none of its columns can be"
                + " null: d(x, y) -> p");
  }

  @Test
  void rowsThatAreTooLargeAreKeptAsideWithAllTheirColumns() throws SQLException, IOException {
    execute(
        "CREATE TABLE p (id integer PRIMARY KEY, raw bytea)",
        "CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p)");
    make(
        "CREATE TABLE p(id INTEGER PRIMARY KEY, gone TEXT, raw BLOB)",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, p INTEGER)",
        "INSERT INTO p VALUES (1, 'x', x'00'), (2, 'y', zeroblob(200001))",
        "INSERT INTO c VALUES (1, 1), (2, 2)");
    SqliteImport loading = load().largestRow(100_000).accept(List.of(Kind.MISSING_COLUMN));

    assertThat(catchThrowableOfType(BadRowsException.class, () -> loading.run()))
        .hasMessageContainingAll(
            "table p, row id=2: it has 200002 bytes of text and blobs",
            "table c, row id=2, column p: it refers to a row that is not there");
    assertThat(catchThrowableOfType(BadRowsException.class, () -> loading.verify()))
        .hasMessageContaining("table p, row id=2");
    SqliteImport rejecting = loading.onBadRow(BadRows.REJECT).orphans(Orphans.NULL);
    ImportReport report = rejecting.run();

    assertThat(report.tables())
        .extracting(IntoExistingRejectTest::sums)
        .containsExactly("c 2=2+0", "p 2=1+1");
    assertThat(query("SELECT id, p FROM c ORDER BY 1")).containsExactly("1|1", "2|null");
    assertThat(Files.readString(Path.of(report.rejectPlace().folder()).resolve("p.jsonl")))
        .contains("{\"column\":\"gone\",\"storage\":\"text\",\"value\":\"y\"}", "\"hex\":\"0000");
    assertThat(rejecting.verify().verified()).isTrue();
  }

  @Test
  void allThatDoesNotFitItsRuleIsToldOrRejected() throws SQLException {
    execute(
        "CREATE TABLE t (id integer PRIMARY KEY, price numeric(6,2), at timestamptz NOT NULL, note text NOT NULL)");
    make(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, price TEXT, at INT, note TEXT)",
        "INSERT INTO t VALUES (1, '1.234', 0, 'a'), (2, '1.50', 'soon', 'b'), (3, '2', 1, 'c'), (4, 'x', 'y', ''),"
            + " (5, '1', 2, '')");
    SqliteImport ruled =
        load()
            .rules(
                Rules.builder()
                    .rule("column t.price", Rule.read(Form.NUMBER))
                    .rule("column t.at", Rule.read(Form.EPOCH_SECONDS))
                    .rule("column t.note", Rule.builder().set("empty", "null").build())
                    .build());

    assertThat(catchThrowableOfType(BadRowsException.class, () -> ruled.run()))
        .hasMessageStartingWith("4 rows cannot be carried:")
        .hasMessageContainingAll(
            "row id=1, column price",
            "row id=2, column at",
            "row id=4, column note",
            "row id=5, column note");
    SqliteImport rejecting = ruled.onBadRow(BadRows.REJECT);
    ImportReport report = rejecting.run();
    assertThat(report.tables()).extracting(IntoExistingRejectTest::sums).containsExactly("t 5=1+4");
    assertThat(query("SELECT id, price FROM t")).containsExactly("3|2.00");
    assertThat(rejecting.verify().verified()).isTrue();
  }

  @Test
  void rowsOfTheTargetThatWouldLoseTheirParentRefuseWhateverThePolicy() throws SQLException {
    execute(
        "CREATE TABLE p (id integer PRIMARY KEY, name varchar(3))",
        "CREATE TABLE mine (id integer PRIMARY KEY, p integer REFERENCES p)",
        "INSERT INTO p VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO mine VALUES (1, 2)");
    make(
        "CREATE TABLE p(id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO p VALUES (1, 'a'), (2, 'too long')");

    assertThat(
            catchThrowableOfType(
                TargetException.class,
                () -> load().replace(true).onBadRow(BadRows.REJECT).orphans(Orphans.REJECT).run()))
        .hasMessageContaining("1 value that refer to nothing: mine(p) -> p");
    assertThat(query("SELECT id, name FROM p ORDER BY 1")).containsExactly("1|a", "2|b");
    assertThat(schemas()).containsExactly("public");
    assertThat(rejects)
        .satisfiesAnyOf(r -> assertThat(r).doesNotExist(), r -> assertThat(r).isEmptyDirectory());
  }

  @Test
  void aFailureAfterwardsLeavesNeitherSchemaNorFile() throws SQLException {
    execute("CREATE TABLE t (id integer PRIMARY KEY, code varchar(3) UNIQUE)");
    make(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, code TEXT)",
        "INSERT INTO t VALUES (1, 'abcd'), (2, 'abc'), (3, 'abc')");

    assertThat(
            catchThrowableOfType(
                TargetException.class, () -> load().onBadRow(BadRows.REJECT).run()))
        .hasMessageContaining("t_code_key");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("0");
    assertThat(schemas()).containsExactly("public");
    assertThat(rejects).isEmptyDirectory();
  }

  @Test
  void thePlanSaysWhatIsRejectedAndShowsTheTablesForIt() throws SQLException {
    misfits();

    SqliteImport rejecting = load().onBadRow(BadRows.REJECT);

    assertThat(rejecting.plan().findings())
        .filteredOn(Finding::isOfRows)
        .hasSize(4)
        .noneMatch(Finding::refuses)
        .allSatisfy(f -> assertThat(f.detail()).endsWith("The rows are rejected"));
    assertThat(rejecting.plan().text())
        .contains("-- Keep rejected rows", "raw_values jsonb", "RENAME TO \"outgrow_rejects_")
        .doesNotContain("REFUSED");
    assertThat(load().plan().text()).contains("REFUSED").doesNotContain("rejects");
  }

  /** Two tables with misfits, one of which only the server can find, and what hangs on them. */
  private void misfits() throws SQLException {
    execute(
        "CREATE TYPE mood AS ENUM ('ok')",
        "CREATE TABLE t (id integer PRIMARY KEY, small smallint, at timestamptz, name text NOT NULL)",
        "CREATE TABLE u (code varchar(3), mood mood)",
        "CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES t)",
        "CREATE TABLE g (id integer PRIMARY KEY, c integer REFERENCES c)");
    make(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, small, at, name)",
        "CREATE TABLE u(code, mood)",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, t INTEGER)",
        "CREATE TABLE g(id INTEGER PRIMARY KEY, c INTEGER)",
        "INSERT INTO t VALUES (1, 1, '2024-01-01', 'x'), (2, 40000, NULL, 'x'), (3, 3, NULL, NULL),"
            + " (4, 'four', 1700000000, NULL)",
        "INSERT INTO u VALUES ('abc', 'ok'), ('abcd', 'ok'), ('ab', 'gloomy')",
        "INSERT INTO c VALUES (1, 1), (2, 4), (3, 99)",
        "INSERT INTO g VALUES (1, 1), (2, 2)");
  }

  private void make(String... statements) throws SQLException {
    SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private SqliteImport load() {
    return SqliteImport.from(folder.resolve("source.db"))
        .into(database)
        .intoExisting(true)
        .rejectFolder(rejects);
  }

  private static String counts(TableReport table) {
    return table.name() + " " + table.rowsRead() + " " + table.rowsRejected();
  }

  private static String sums(TableReport table) {
    return table.name()
        + " "
        + table.rowsRead()
        + "="
        + table.rowsVerified()
        + "+"
        + table.rowsRejected();
  }
}

package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that go into tables which the application's own migrations made: names, types, plan. */
class IntoExistingTest extends PostgresFixture {
  @TempDir private Path folder;

  private Path file(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private SqliteImport load(Path file) {
    return SqliteImport.from(file).into(database).intoExisting(true);
  }

  private List<String> findings(Path file) {
    return load(file).plan().findings().stream().map(Finding::describe).toList();
  }

  private void refused(Path file, String... words) throws SQLException {
    assertThatThrownBy(() -> load(file).run())
        .isInstanceOf(OutgrowException.class)
        .hasMessageContainingAll(words);
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void theTargetsTypesRule() throws SQLException {
    execute(
        "CREATE TABLE t (id integer PRIMARY KEY, small smallint, flag boolean NOT NULL, price numeric(10,2),"
            + " born date, at timestamptz, plain timestamp, code varchar(5), data jsonb, u uuid, r real, f double precision,"
            + " raw bytea, words text)");
    Path file =
        file(
            "CREATE TABLE T(Id TEXT, small REAL, flag INT, price TEXT, born TEXT, at TEXT, plain TEXT, code INT, data"
                + " TEXT, u BLOB, r REAL, f INT, raw TEXT, words REAL)",
            "INSERT INTO T VALUES ('1', 3.0, 'yes', '12.50', '2024-02-29 00:00:00', '2024-02-29 10:00:00',"
                + " '2024-02-29T10:00:00Z', 12345, '{\"b\": 1,\"a\":2}', x'00112233445566778899aabbccddeeff', 0.1, 7,"
                + " 'bytes', 1.5)",
            "INSERT INTO T VALUES (2, -32768, 0, 12.5, '1969-12-31', '2024-02-29T10:00:00+05:30', '2024-02-29', 'é', '1',"
                + " '00112233-4455-6677-8899-AABBCCDDEEFF', 16777216.0, '2.5', x'00ff', 'x')");

    ImportReport report = load(file).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rowsVerified()).isEqualTo(2);
    assertThat(report.target()).endsWith("into the tables that were there");
    assertThat(
            query(
                "SELECT id, small, flag, price, born, at AT TIME ZONE 'UTC', plain, code, data, u, r, f, raw, words"
                    + " FROM t ORDER BY id"))
        .containsExactly(
            "1|3|t|12.50|2024-02-29|2024-02-29 10:00:00|2024-02-29 10:00:00|12345|{\"a\": 2, \"b\": 1}|"
                + "00112233-4455-6677-8899-aabbccddeeff|0.1|7|\\x6279746573|1.5",
            "2|-32768|f|12.50|1969-12-31|2024-02-29 04:30:00|2024-02-29 00:00:00|é|1|"
                + "00112233-4455-6677-8899-aabbccddeeff|1.6777216e+07|2.5|\\x00ff|x");
    assertThat(load(file).verify().verified()).isTrue();
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void typesOfTheServersOwnAreCastAndCompared() throws SQLException {
    execute(
        "CREATE TYPE \"Mood\" AS ENUM ('ok', 'so so')",
        "CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100)",
        "CREATE TABLE t (id bigint PRIMARY KEY, mood \"Mood\", ip inet, tags text[], took interval, share percent,"
            + " letter char(3), bits bit(3), paid money, short timestamp(0), doc xml)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, mood, ip, tags, took, share, letter, bits, paid, short, doc)",
            "INSERT INTO t VALUES (1, 'so so', '10.0.0.1/32', '{a, \"b c\"}', '90 minutes', 7, 'a', '101', 1.25,"
                + " '2024-01-01 00:00:01', '<a/>')",
            "INSERT INTO t(id) VALUES (2)");

    assertThat(load(file).run().verified()).isTrue();

    assertThat(query("SELECT * FROM t ORDER BY id"))
        .containsExactly(
            "1|so so|10.0.0.1|{a,\"b c\"}|01:30:00|7|a  |101|$1.25|2024-01-01 00:00:01|<a/>",
            "2|null|null|null|null|null|null|null|null|null|null");
    assertThat(load(file).verify().verified()).isTrue();
    execute("UPDATE t SET tags = '{a,b}' WHERE id = 1");
    assertThat(load(file).verify().differences())
        .singleElement()
        .satisfies(d -> assertThat(d.describe()).isEqualTo("Table t, row id=1 differs in tags"));
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void namesMeetWhateverTheirCapitalsIfOnlyOneCanBeMeant() throws SQLException {
    execute(
        "CREATE TABLE \"Blogs\" (\"BlogId\" integer PRIMARY KEY, \"Url\" text, \"url\" text)",
        "CREATE TABLE \"users\" (id integer)",
        "CREATE TABLE \"Users\" (id integer)");
    Path file =
        file(
            "CREATE TABLE blogs(blogid INTEGER PRIMARY KEY, url TEXT, \"Öl\" TEXT)",
            "INSERT INTO blogs VALUES (1, 'exact', NULL)",
            "CREATE TABLE users(ID INTEGER)",
            "INSERT INTO users VALUES (7)");

    ImportReport report = load(file).accept(List.of(Kind.MISSING_COLUMN)).run();

    assertThat(query("SELECT * FROM \"Blogs\"")).containsExactly("1|null|exact");
    assertThat(query("SELECT * FROM users")).containsExactly("7");
    assertThat(query("SELECT * FROM \"Users\"")).isEmpty();
    assertThat(report.renamed())
        .extracting(r -> r.kind() + " " + r.from() + " " + r.to())
        .containsExactly("table blogs Blogs", "column blogid BlogId", "column ID id");
  }

  @Test
  void aNameThatCouldMeanSeveralIsRefused() throws SQLException {
    execute("CREATE TABLE \"A\" (id integer)", "CREATE TABLE \"a\" (\"X\" integer, \"x\" integer)");

    refused(
        file("CREATE TABLE [à](x)", "CREATE TABLE b(x)", "INSERT INTO b VALUES (1)"),
        "missing table b: the target has no such table; 1 row would be lost. Add the table to the target, or let it"
            + " stay behind (--accept missing-table)");
    assertThat(findings(SqliteFiles.make(folder.resolve("2.db"), "CREATE TABLE a(\"X\", y)")))
        .containsExactly(
            "missing column a.y: the target's table has no such column; 0 values would be lost",
            "extra column a.x: no column of the file goes there; PostgreSQL fills it",
            "extra table A: no table of the file goes there; it stays as it is");
    execute("CREATE TABLE \"OneTwo\" (id integer)", "CREATE TABLE \"ONETWO\" (id integer)");
    refused(
        SqliteFiles.make(folder.resolve("3.db"), "CREATE TABLE onetwo(id)"),
        "ambiguous name onetwo: it could be any of the tables ONETWO, OneTwo");
  }

  @Test
  void allThatDoesNotFitIsToldAtOnceAndNothingIsWritten() throws SQLException {
    execute(
        "CREATE TABLE t (id integer PRIMARY KEY, small smallint, code varchar(3), price numeric(4,1), r real, at"
            + " timestamptz, flag boolean, name text NOT NULL, needed text NOT NULL, filled text NOT NULL DEFAULT 'd')");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, small, code, price, r, at, flag, name, lost)",
            "INSERT INTO t VALUES (1, 1, 'abc', 1.5, 0.5, '2024-01-01', 0, 'x', NULL)",
            "INSERT INTO t VALUES (2147483648, 40000, 'abcd', 1.55, 1700000000.25, 1700000000, 2, NULL, 'gone')",
            "INSERT INTO t VALUES (3, 1.5, 'ä€x', 1234, 16777217, '2024-02-30', 'maybe', 'y', 'too')",
            "INSERT INTO t VALUES (4, '007', x'00', '1e3', 'x', '2024-01-01', '1', 'y', NULL)");

    List<String> found = findings(file);

    assertThat(found)
        .satisfiesExactly(
            f ->
                assertThat(f)
                    .startsWith(
                        "narrower column t.id: 1 value is not a whole number in its range (first at id=2147483648), which integer has to be"),
            f ->
                assertThat(f)
                    .startsWith("narrower column t.small: 3 values are not")
                    .contains("first at id=3"),
            f ->
                assertThat(f)
                    .startsWith("narrower column t.code: 2 values")
                    .contains("first at id=4"),
            f -> assertThat(f).startsWith("narrower column t.price: 3 values"),
            f -> assertThat(f).startsWith("narrower column t.r: 3 values"),
            f ->
                assertThat(f)
                    .startsWith("narrower column t.at: 2 values")
                    .contains("rule for this column (--rules)"),
            f -> assertThat(f).startsWith("narrower column t.flag: 2 values"),
            f ->
                assertThat(f)
                    .startsWith(
                        "nulls t.name: 1 null (first at id=2147483648) in a column that refuses them"),
            f ->
                assertThat(f)
                    .startsWith(
                        "missing column t.lost: the target's table has no such column; 2 values would be lost"),
            f ->
                assertThat(f)
                    .startsWith(
                        "extra column t.needed: no column of the file goes there, it refuses nulls"),
            f ->
                assertThat(f)
                    .isEqualTo(
                        "extra column t.filled: no column of the file goes there; PostgreSQL fills it"));
    refused(file, "t.small", "t.code", "t.needed", "Nothing was written");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("0");
  }

  @Test
  void whatOnlyTheServerCanTellIsCountedBeforeAnythingIsTouched() throws SQLException {
    execute(
        "CREATE TYPE mood AS ENUM ('ok')",
        "CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100)",
        "CREATE TABLE t (id integer PRIMARY KEY, mood mood, share percent, at timestamp(0), data jsonb)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, mood, share, at, data)",
            "INSERT INTO t VALUES (1, 'ok', 7, '2024-01-01 00:00:00', '{}')",
            "INSERT INTO t VALUES (2, 'bad', 101, '2024-01-01 00:00:00.5', '\"\\u0000\"')",
            "INSERT INTO t VALUES (3, 'worse', -1, '2024-01-01 00:00:00.1', '1')");

    refused(
        file,
        "2 values in t.mood that public.mood does not keep (for example at id=2)",
        "2 values in t.share that public.percent does not keep (for example at id=2)",
        "2 values in t.at that timestamp(0) without time zone does not keep (for example at id=2)",
        "1 value in t.data that jsonb does not keep (for example at id=2)");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("0");
  }

  @Test
  void historyOfMigrationToolsIsLeftOutAndNamed() throws SQLException {
    execute(
        "CREATE TABLE flyway_schema_history (installed_rank integer PRIMARY KEY, script text)",
        "INSERT INTO flyway_schema_history VALUES (1, 'V1__pg.sql')",
        "CREATE TABLE t (id integer)",
        "CREATE TABLE migrations (id integer, bird text)");
    Path file =
        file(
            "CREATE TABLE flyway_schema_history(installed_rank INT PRIMARY KEY, script TEXT)",
            "INSERT INTO flyway_schema_history VALUES (1, 'V1__sqlite.sql'), (2, 'V2__sqlite.sql')",
            "CREATE TABLE \"__EFMigrationsHistory\"(MigrationId TEXT, ProductVersion TEXT)",
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('1', '8')",
            "CREATE TABLE migrations(id INT, bird TEXT)",
            "INSERT INTO migrations VALUES (1, 'stork')",
            "CREATE TABLE t(id INT)",
            "INSERT INTO t VALUES (1)");

    ImportReport report = load(file).run();

    assertThat(report.notCarried())
        .extracting(n -> n.kind().word() + " " + n.name())
        .containsExactly(
            "history-table __EFMigrationsHistory", "history-table flyway_schema_history");
    assertThat(query("SELECT script FROM flyway_schema_history")).containsExactly("V1__pg.sql");
    assertThat(query("SELECT bird FROM migrations")).containsExactly("stork");
    assertThat(load(file).verify().verified()).isTrue();
  }

  @Test
  void aTableOrColumnThatIsNotThereStaysBehindWhenThatIsAccepted() throws SQLException {
    execute("CREATE TABLE t (b text, id integer PRIMARY KEY)", "CREATE VIEW v AS SELECT 1 AS one");
    Path file =
        file(
            "CREATE TABLE t(a TEXT, id INTEGER PRIMARY KEY, b TEXT)",
            "INSERT INTO t VALUES ('lost', 1, 'kept')",
            "CREATE TABLE u(x)",
            "INSERT INTO u VALUES (1)",
            "CREATE VIEW v AS SELECT 1",
            "CREATE VIEW w AS SELECT 1");
    SqliteImport accepting = load(file).accept(List.of(Kind.MISSING_TABLE, Kind.MISSING_COLUMN));

    refused(file, "missing column t.a", "1 value would be lost", "missing table u");
    ImportReport report = accepting.run();

    assertThat(query("SELECT id, b FROM t")).containsExactly("1|kept");
    assertThat(report.notCarried())
        .extracting(n -> n.kind().word() + " " + n.name())
        .containsExactly("view w", "missing-column t.a", "missing-table u");
    assertThat(accepting.verify().verified()).isTrue();
    assertThat(load(file).verify().verified()).isFalse();
  }

  @Test
  void withoutTablesThereIsNothingToLoadInto() throws SQLException {
    refused(file("CREATE TABLE t(x)"), "has no tables to load the file into", "migrations first");
  }

  @Test
  void everyStepIsInThePlanWithItsSql() throws SQLException {
    execute(
        "CREATE TABLE \"T\" (\"Id\" serial PRIMARY KEY, self integer REFERENCES \"T\", data jsonb)");
    String plan =
        load(file("CREATE TABLE t(id INTEGER PRIMARY KEY, self INT, data TEXT)")).plan().text();

    assertThat(plan)
        .contains(
            "BEGIN PERFORM CAST($1 AS jsonb)",
            "LOCK TABLE \"public\".\"T\" IN ACCESS EXCLUSIVE MODE;",
            "ALTER TABLE \"public\".\"T\" DROP CONSTRAINT \"T_self_fkey\";",
            "INSERT INTO \"public\".\"T\" (\"Id\", \"self\", \"data\") OVERRIDING SYSTEM VALUE SELECT CAST(\"Id\" AS"
                + " integer), CAST(\"self\" AS integer), CAST(\"data\" AS jsonb) FROM \"outgrow_staging_",
            "SELECT setval('\"public\".\"T_Id_seq\"', n)",
            "ADD CONSTRAINT \"T_self_fkey\" FOREIGN KEY (self) REFERENCES public.\"T\"(\"Id\");",
            "COPY (SELECT \"Id\", \"self\", \"data\" FROM (SELECT CAST(\"Id\" AS bigint) AS \"Id\", CAST(\"self\" AS"
                + " bigint) AS \"self\", CAST(\"data\" AS json) AS \"data\" FROM \"public\".\"T\") AS o) TO STDOUT"
                + " (FORMAT binary);");
    assertThat(schemas()).containsExactly("public");
  }
}

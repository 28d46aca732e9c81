package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a schema becomes. */
class SqliteImportCreateTest extends PostgresFixture {
  @TempDir private Path folder;

  private ImportReport carry(String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    return SqliteImport.from(file).into(database).orphans(Orphans.KEEP).run();
  }

  private static List<Kind> kinds(ImportReport report) {
    return report.notCarried().stream().map(NotCarried::kind).toList();
  }

  @Test
  void columnsGetTheTypeOfTheirDeclaration() throws SQLException {
    carry(
        "CREATE TABLE t(a INTEGER, b VARCHAR(3), c BLOB, d DOUBLE, e DECIMAL(10,2), f, g TINYINT, h CLOB)");

    assertThat(
            query(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum"))
        .containsExactly(
            "a|bigint",
            "b|character varying(3)",
            "c|bytea",
            "d|double precision",
            "e|numeric(10,2)",
            "f|text",
            "g|bigint",
            "h|text");
  }

  @Test
  void textInAnIntegerColumnMakesItTextAndLosesNothing() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)",
            "INSERT INTO t VALUES (1, 5), (2, 'x'), (3, NULL)");

    assertThat(query("SELECT n FROM t ORDER BY id")).containsExactly("5", "x", "null");
    assertThat(report.changedTypes())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.table() + "." + c.column() + " " + c.declared() + " " + c.target())
                  .isEqualTo("t.n INTEGER text");
              assertThat(c.why()).contains("1 text (first at id=2)");
            });
    assertThat(report.verified()).isTrue();
  }

  @Test
  void theNextIdFollowsTheLargestThatWasHandedOut() throws SQLException {
    carry(
        "CREATE TABLE plain(id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO plain VALUES (275, 'x')",
        "CREATE TABLE remembered(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT)",
        "INSERT INTO remembered VALUES (40, 'x'), (90, 'y')",
        "DELETE FROM remembered WHERE id = 90",
        "CREATE TABLE empty(id INTEGER PRIMARY KEY, v TEXT)",
        "CREATE TABLE negative(id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO negative VALUES (-7, 'x')",
        "CREATE TABLE \"Odd \"\"Name\"(\"I d\" INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO \"Odd \"\"Name\" VALUES (11, 'x')");

    assertThat(query("INSERT INTO plain(v) VALUES ('n') RETURNING id")).containsExactly("276");
    assertThat(query("INSERT INTO remembered(v) VALUES ('n') RETURNING id")).containsExactly("91");
    assertThat(query("INSERT INTO empty(v) VALUES ('n') RETURNING id")).containsExactly("1");
    assertThat(query("INSERT INTO negative(v) VALUES ('n') RETURNING id")).containsExactly("1");
    assertThat(query("INSERT INTO \"Odd \"\"Name\"(v) VALUES ('n') RETURNING \"I d\""))
        .containsExactly("12");
  }

  @Test
  void namesKeepTheirCase() throws SQLException {
    carry("CREATE TABLE \"Order\"(\"Select\" TEXT, lower TEXT, \"Ünïcödé 🐘\" TEXT)");

    assertThat(
            query(
                "SELECT attname FROM pg_attribute WHERE attrelid = '\"Order\"'::regclass AND attnum > 0"))
        .containsExactly("Select", "lower", "Ünïcödé 🐘");
  }

  @Test
  void keysIndexesAndNotNullArrive() throws SQLException {
    carry(
        "CREATE TABLE p(a TEXT NOT NULL, b INTEGER, c TEXT, PRIMARY KEY (b, a), CONSTRAINT once UNIQUE (c)) WITHOUT ROWID",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, x TEXT, y INTEGER, self INTEGER REFERENCES c ON DELETE SET NULL,"
            + " FOREIGN KEY (y, x) REFERENCES P(B, A) ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED)",
        "CREATE INDEX by_x ON c(x DESC, y)",
        "CREATE UNIQUE INDEX once_y ON c(y)");

    assertThat(
            query(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype <> 'n'"
                    + " AND connamespace = 'public'::regnamespace ORDER BY conname"))
        .containsExactly(
            "fk_c_self|FOREIGN KEY (self) REFERENCES c(id) ON DELETE SET NULL",
            "fk_c_y_x|FOREIGN KEY (y, x) REFERENCES p(b, a) ON UPDATE RESTRICT ON DELETE CASCADE DEFERRABLE INITIALLY"
                + " DEFERRED",
            "once|UNIQUE (c)",
            "pk_c|PRIMARY KEY (id)",
            "pk_p|PRIMARY KEY (b, a)");
    assertThat(
            query(
                "SELECT indexdef FROM pg_indexes WHERE tablename = 'c' AND indexname NOT LIKE 'pk%' ORDER BY 1"))
        .containsExactly(
            "CREATE INDEX by_x ON public.c USING btree (x DESC, y)",
            "CREATE UNIQUE INDEX once_y ON public.c USING btree (y)");
    assertThat(
            query(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'p'::regclass AND attnum > 0 AND attnotnull"))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void defaultsArriveAndThoseWithoutACounterpartAreNamed() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT DEFAULT 'it''s', b INTEGER DEFAULT -5, c INTEGER DEFAULT 0x10,"
                + " d TEXT DEFAULT null, e TEXT DEFAULT 'null', f BLOB DEFAULT x'00ff', g REAL DEFAULT 1e3,"
                + " h TEXT DEFAULT (datetime('now')), i TEXT DEFAULT CURRENT_TIMESTAMP, j INTEGER DEFAULT TRUE,"
                + " k INTEGER DEFAULT (1 + 1), l TEXT DEFAULT (lower(hex(randomblob(16)))),"
                + " m TEXT DEFAULT (sqlite_version()))");

    execute("INSERT INTO t(id) VALUES (1)");
    assertThat(query("SELECT a, b, c, d, e, f::text, g, j, k FROM t"))
        .containsExactly("it's|-5|16|null|null|\\x00ff|1000|1|2");
    assertThat(query("SELECT h, i, l FROM t"))
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\|\\d{4}-.*\\|[0-9a-f]{32}");
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.kind() + " " + n.name()).isEqualTo("DEFAULT t.m");
              assertThat(n.reason()).contains("sqlite_version()");
            });
  }

  @Test
  void checksAndPartialAndExpressionIndexesKeepTheirMeaning() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, k INTEGER CHECK (k > 0), name TEXT,"
                + " CONSTRAINT short CHECK (length(name) < 9))",
            "INSERT INTO t VALUES (1, 4, 'Alpha'), (2, NULL, NULL), (3, 5, 'alpha')",
            "CREATE UNIQUE INDEX once ON t(name) WHERE k > 4",
            "CREATE INDEX folded ON t(lower(name), k DESC)");

    assertThat(report.notCarried()).isEmpty();
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES (4, 0, 'x')"))
        .hasMessageContaining("ck_t_1");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES (4, 1, 'much too long')"))
        .hasMessageContaining("short");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES (4, 6, 'alpha')"))
        .hasMessageContaining("once");
    execute("INSERT INTO t VALUES (4, 3, 'alpha')");
    assertThat(query("SELECT count(*) FROM pg_indexes WHERE indexname = 'folded'"))
        .containsExactly("1");
  }

  @Test
  void aCheckThatTheRowsBreakStaysBehindAndIsNamed() throws SQLException {
    ImportReport report =
        carry(
            "PRAGMA ignore_check_constraints = ON",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, k INTEGER CONSTRAINT positive CHECK (k > 0))",
            "INSERT INTO t VALUES (1, -1)");

    assertThat(report.verified()).isTrue();
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.kind() + " " + n.name()).isEqualTo("CHECK t.positive");
              assertThat(n.reason()).contains("violated by some row");
            });
  }

  @Test
  void whatIsNotCarriedIsNamedWithItsText() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n TEXT COLLATE NOCASE, k INTEGER, x CHECK (x > 'a'),"
                + " hex TEXT AS (printf('%x', k)) STORED)",
            "INSERT INTO t(n, k, x) VALUES ('a', 4, 'b'), ('c', 5, x'00')",
            "CREATE INDEX partial ON t(k) WHERE x > 1",
            "CREATE INDEX expression ON t(x || 'a')",
            "CREATE VIEW v AS SELECT printf('%x', k) FROM t",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END",
            "CREATE VIRTUAL TABLE words USING fts5(body)");

    assertThat(kinds(report))
        .contains(
            Kind.CHECK,
            Kind.COLLATION,
            Kind.GENERATED_COLUMN,
            Kind.INDEX,
            Kind.VIEW,
            Kind.TRIGGER,
            Kind.VIRTUAL_TABLE);
    String reasons =
        report.notCarried().stream().map(NotCarried::reason).collect(Collectors.joining("\n"));
    assertThat(reasons)
        .contains(
            "x > 'a'",
            "NOCASE",
            "%x",
            "x > 1",
            "x || 'a'",
            "CREATE VIEW v",
            "CREATE TRIGGER g",
            "fts5");
    assertThat(query("SELECT hex FROM t ORDER BY id")).containsExactly("4", "5");
    assertThat(report.verified()).isTrue();
  }

  @Test
  void rowsThatRefuseTheirOwnConstraintsAreCarriedAndTheConstraintIsNamed() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(k TEXT PRIMARY KEY, v TEXT NOT NULL)",
            "INSERT INTO t VALUES (NULL, 'a'), (NULL, 'b'), ('x', 'c')",
            "PRAGMA writable_schema = ON",
            "CREATE TABLE n(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO n VALUES (1, NULL)",
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE n(id INTEGER PRIMARY KEY, v TEXT NOT NULL)' WHERE name = 'n'");

    assertThat(kinds(report)).containsExactlyInAnyOrder(Kind.PRIMARY_KEY, Kind.NOT_NULL);
    assertThat(query("SELECT count(*) FROM t")).containsExactly("3");
    assertThat(
            query(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'u'"))
        .containsExactly("UNIQUE (k)");
  }

  @Test
  void orphansRefuseTheImportUnlessTheyAreKept() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("orphans.db"),
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p(id))",
            "INSERT INTO p VALUES (1)",
            "INSERT INTO c VALUES (1, 1), (2, 7), (3, NULL)");

    assertThatThrownBy(() -> SqliteImport.from(file).into(database).run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContaining("table c, row id=2, column pid: it refers to a row that is not there")
        .hasMessageContaining("--orphans reject, null or keep");
    assertThat(schemas()).containsExactly("public");

    ImportReport report = SqliteImport.from(file).into(database).orphans(Orphans.KEEP).run();
    assertThat(kinds(report)).containsExactly(Kind.FOREIGN_KEY_VALIDATION);
    assertThat(query("SELECT convalidated FROM pg_constraint WHERE conname = 'fk_c_pid'"))
        .containsExactly("f");
    assertThatThrownBy(() -> execute("INSERT INTO c VALUES (9, 99)"))
        .hasMessageContaining("fk_c_pid");
  }

  @Test
  void keysAndIndexesThatPostgresRefusesAreNamedAndTheRowsArrive() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, k UNIQUE, v TEXT)",
            "INSERT INTO t VALUES (1, 1, 'x'), (2, '1', hex(randomblob(20000)))",
            "CREATE INDEX by_v ON t(v)",
            "CREATE TABLE c(k REFERENCES t(k))",
            "INSERT INTO c VALUES ('1')");

    assertThat(report.verified()).isTrue();
    assertThat(kinds(report)).containsExactly(Kind.UNIQUE_KEY, Kind.INDEX, Kind.FOREIGN_KEY);
    assertThat(report.notCarried().get(0).reason()).contains("could not create unique index");
    assertThat(
            query(
                "SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'p'"))
        .containsExactly("pk_t");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void keysInACircleArrive() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE a(id INTEGER PRIMARY KEY, b INTEGER REFERENCES b(id))",
            "CREATE TABLE b(id INTEGER PRIMARY KEY, a INTEGER REFERENCES a(id))",
            "INSERT INTO a VALUES (1, 1)",
            "INSERT INTO b VALUES (1, 1)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("2");
  }

  @Test
  void longAndCollidingNamesStayApart() throws SQLException {
    String longName = "x".repeat(70);
    ImportReport report =
        carry(
            "CREATE TABLE " + longName + "a(id INTEGER PRIMARY KEY, xmin TEXT)",
            "CREATE TABLE " + longName + "b(id INTEGER PRIMARY KEY)",
            "INSERT INTO " + longName + "a VALUES (1, 'kept')",
            "CREATE TABLE i(v TEXT)",
            "CREATE TABLE pk_i2(v TEXT)",
            "CREATE TABLE i2(id INTEGER PRIMARY KEY)");

    assertThat(report.verified()).isTrue();
    assertThat(report.renamed().stream().map(r -> r.kind() + " " + r.from()).toList())
        .containsExactly("table " + longName + "a", "column xmin", "table " + longName + "b");
    assertThat(
            query(
                "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'xxxx%' AND length(tablename) = 63"))
        .containsExactly("2");
  }

  @Test
  void aTableOfPostgresMostColumnsIsCarriedAndAWiderOneIsRefused() throws SQLException {
    ImportReport report = carry(wide("w", 1600), "INSERT INTO w(c0, c1599) VALUES (1, 2)");
    assertThat(report.verified()).isTrue();

    Path file = SqliteFiles.make(folder.resolve("wider.db"), wide("w", 1601));
    assertThatThrownBy(() -> SqliteImport.from(file).into(database).schema("wider").run())
        .hasMessageContaining("Table w has 1601 columns")
        .hasMessageContaining("1600");
  }

  @Test
  void aFileWithoutTablesIsCarried() throws SQLException {
    ImportReport report = carry("CREATE TABLE t(a)", "DROP TABLE t");

    assertThat(report.tables()).isEmpty();
    assertThat(report.verified()).isTrue();
  }

  @Test
  void everyValueOfEveryStorageClassArrives() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b BLOB, m NUMERIC, x)",
            "INSERT INTO t VALUES (1, 9223372036854775807, 1e308, 'ä🐘', x'00ff', 0.1, x'')",
            "INSERT INTO t VALUES (2, -9223372036854775808, 0.0, '', x'', 9223372036854775807, 'text')",
            "INSERT INTO t VALUES (3, 0, 9e999, ' ', zeroblob(70000), -9e999, 1.5)",
            "INSERT INTO t VALUES (4, NULL, NULL, NULL, NULL, NULL, NULL)");

    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT i, r, t, length(b), m, encode(x, 'escape') FROM t ORDER BY id"))
        .containsExactly(
            "9223372036854775807|1e+308|ä🐘|2|0.1|",
            "-9223372036854775808|0||0|9223372036854775807|text",
            "0|Infinity| |70000|-Infinity|1.5",
            "null|null|null|null|null|null");
  }

  private static String wide(String table, int columns) {
    return "CREATE TABLE "
        + table
        + Arrays.toString(IntStream.range(0, columns).mapToObj(i -> "c" + i + " INTEGER").toArray())
            .replace('[', '(')
            .replace(']', ')');
  }
}

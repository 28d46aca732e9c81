package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.source.Reading.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqliteExportTest extends ExportFixture {

  private SqliteExport export(String name) {
    return SqliteExport.from(server.database()).into(folder.resolve(name));
  }

  private List<String> answers(String file, String query) throws SQLException {
    try (Connection connection = SqliteFiles.open(folder.resolve(file))) {
      return TwoFiles.column(connection, query);
    }
  }

  @Test
  void everyTypeComesBackAsWhatTheImportWouldReadItFrom() throws SQLException {
    server.execute(
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE DOMAIN amount AS numeric(10,2)",
        "CREATE TABLE t(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s smallint, f real, d double"
            + " precision, n numeric, a amount, b boolean, u uuid, j jsonb, y bytea, day date, tm time, ts"
            + " timestamp, tz timestamptz, m mood, arr int[], r int4range, iv interval, v varchar(5))",
        "INSERT INTO t(s, f, d, n, a, b, u, j, y, day, tm, ts, tz, m, arr, r, iv, v) VALUES (-7, 0.1, 0.1,"
            + " 12345.678, 10.50, true, '00000000-0000-4000-8000-00000000000a', '{\"a\": [1]}', '\\x00ff',"
            + " '2024-02-29', '10:00:00.5', '2024-02-29 10:00', '2024-02-29 10:00:00.25+02', 'good', '{1,NULL}',"
            + " '[1,5)', 'P1D', 'abc')",
        "INSERT INTO t DEFAULT VALUES");

    ExportReport report = export("t.db").run();

    assertThat(report.verified()).isTrue();
    assertThat(
            answers(
                "t.db",
                "SELECT concat_ws('|', id, s, typeof(f), d, n, a, b, u, j, hex(y), day, tm, ts, tz, m, arr, r, iv,"
                    + " v) FROM t"))
        .containsExactly(
            "1|-7|real|0.1|12345.678|10.5|1|00000000-0000-4000-8000-00000000000a|{\"a\": [1]}|00FF|2024-02-29"
                + "|10:00:00.5|2024-02-29 10:00:00|2024-02-29T08:00:00.25Z|good|[1,null]|{\"empty\" : false,"
                + " \"lower\" : 1, \"upper\" : 5, \"bounds\" : \"[)\"}|P1D|abc",
            "2|null|");
    assertThat(report.changedTypes())
        .extracting(ChangedType::column)
        .containsExactly("m", "arr", "r", "iv");
  }

  @Test
  void whatSqliteHasNoNumberForIsKeptAsTextAndNamed() throws SQLException {
    server.execute(
        "CREATE TABLE odd(id int PRIMARY KEY, d double precision, day date, tz timestamptz, tm time, n numeric)",
        "INSERT INTO odd VALUES (1, 'NaN', 'infinity', '-infinity', '24:00', 123456789012345678901234.5),"
            + " (2, 'Infinity', '0044-03-15 BC', '12024-01-01 00:00:00.5Z', '23:59', 0.1),"
            + " (3, '-0', '2024-01-01', '0044-03-15 12:00Z BC', NULL, 1)");

    ExportReport report = export("odd.db").run();

    assertThat(report.verified()).isTrue();
    assertThat(
            answers(
                "odd.db",
                "SELECT typeof(d) || d || '|' || day || '|' || tz || '|' || ifnull(tm, '') || '|' || typeof(n) || n"
                    + " FROM odd"))
        .containsExactly(
            "textNaN|infinity|-infinity|24:00:00|text123456789012345678901234.5",
            "realInf|0044-03-15 BC|12024-01-01 00:00:00.5+00|23:59:00|text0.1",
            "real0.0|2024-01-01|0044-03-15 12:00:00+00 BC||text1");
    assertThat(report.changedTypes())
        .extracting(ChangedType::column)
        .containsExactlyInAnyOrder("n", "d", "day", "tz", "tm");
  }

  @Test
  void keysIndexesChecksAndReferencesAreMadeOrNamed() throws SQLException {
    server.execute(
        "CREATE TABLE users(id serial PRIMARY KEY, name text NOT NULL UNIQUE, age int DEFAULT 7 CHECK (age >= 0),"
            + " kind varchar(9) DEFAULT 'x' CHECK (kind IN ('x', 'y')))",
        "CREATE TABLE plays(a int, b int, who int REFERENCES users ON DELETE CASCADE, PRIMARY KEY (a, b))",
        "CREATE INDEX who_idx ON plays(who DESC) WHERE who > 3",
        "CREATE INDEX low ON users(lower(name))",
        "CREATE VIEW v AS SELECT 1 AS one",
        "INSERT INTO users(name) VALUES ('a'), ('b')",
        "INSERT INTO plays VALUES (1, 2, 1)");

    ExportReport report = export("k.db").run();

    assertThat(report.notCarried())
        .extracting(NotCarried::kind, NotCarried::name)
        .containsExactlyInAnyOrder(tuple(Kind.INDEX, "low"), tuple(Kind.VIEW, "v"));
    try (Connection file = SqliteFiles.open(folder.resolve("k.db"))) {
      assertThatThrownBy(() -> SqliteFiles.execute(file, "INSERT INTO users(name) VALUES ('a')"))
          .hasMessageContaining("UNIQUE");
      assertThatThrownBy(
              () -> SqliteFiles.execute(file, "INSERT INTO users(name, age) VALUES ('c', -1)"))
          .hasMessageContaining("CHECK");
      assertThatThrownBy(
              () -> SqliteFiles.execute(file, "INSERT INTO users(name, kind) VALUES ('c', 'z')"))
          .hasMessageContaining("CHECK");
      SqliteFiles.execute(file, "INSERT INTO users(name) VALUES ('c')");
      assertThat(TwoFiles.column(file, "SELECT id || kind || age FROM users WHERE name = 'c'"))
          .containsExactly("3x7");
      SqliteFiles.execute(file, "PRAGMA foreign_keys = ON", "DELETE FROM users WHERE id = 1");
      assertThat(TwoFiles.column(file, "SELECT count(*) FROM plays")).containsExactly("0");
      assertThat(TwoFiles.column(file, "SELECT sql FROM sqlite_master WHERE name = 'who_idx'"))
          .singleElement()
          .asString()
          .contains("DESC")
          .contains("WHERE");
    }
  }

  @Test
  void whatWasWrittenSinceTheImportIsInTheFileAndNothingElse() throws SQLException {
    Path former =
        SqliteFiles.make(
            folder.resolve("former.db"),
            "CREATE TABLE plays(id INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER, paused DATETIME, done"
                + " BOOLEAN, title TEXT COLLATE NOCASE, note)",
            "CREATE INDEX started ON plays(started)",
            "CREATE TRIGGER t AFTER DELETE ON plays BEGIN SELECT 1; END",
            "INSERT INTO plays(started, paused, done, title, note) VALUES (1700000000, '2024-02-29T10:00:00.000Z',"
                + " 'true', 'One', 1), (1700000001.25, '2024-02-29T10:00:01.500Z', 'false', 'Two', 'x'),"
                + " (-5, NULL, NULL, NULL, NULL)");
    Rules rules =
        Rules.builder().rule("column plays.started", Rule.read(Form.EPOCH_SECONDS)).build();
    SqliteImport.from(former).rules(rules).into(server.database()).run();
    server.execute(
        "INSERT INTO plays(started, paused, done, title) VALUES ('2024-01-01Z', '2024-01-01 00:00:00Z', true,"
            + " 'Three')",
        "UPDATE plays SET title = 'uno' WHERE id = 1",
        "DELETE FROM plays WHERE id = 3");

    ExportReport report = export("back.db").like(former).rules(rules).run();

    SqliteFiles.make(
        former,
        "INSERT INTO plays(started, paused, done, title) VALUES (1704067200, '2024-01-01T00:00:00.000Z', 'true',"
            + " 'Three')",
        "UPDATE plays SET title = 'uno' WHERE id = 1",
        "DELETE FROM plays WHERE id = 3",
        "UPDATE plays SET note = CAST(note AS TEXT)"); // the import says that both are text
    assertThat(report.notCarried()).isEmpty();
    assertThat(
            TwoFiles.differences(
                former, folder.resolve("back.db"), List.of("plays", "sqlite_sequence"), Set.of()))
        .isEmpty();
    assertThat(answers("back.db", "SELECT type || name FROM sqlite_master ORDER BY 1"))
        .containsExactly("indexstarted", "tableplays", "tablesqlite_sequence", "triggert");
  }

  @Test
  void numbersThatAreMomentsInPostgresqlNeedARule() throws SQLException {
    Path former =
        SqliteFiles.make(
            folder.resolve("former.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY, at INTEGER)");
    server.execute("CREATE TABLE t(id bigint PRIMARY KEY, at timestamptz)");

    assertThatThrownBy(() -> export("x.db").like(former).run())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("t.at");
    assertThat(folder.resolve("x.db")).doesNotExist();
  }

  @Test
  void tablesAndColumnsWithoutAPlaceRefuseTheExportUnlessAccepted() throws SQLException {
    Path former =
        SqliteFiles.make(
            folder.resolve("former.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, extra TEXT DEFAULT 'e')",
            "CREATE TABLE unused(x)");
    server.execute(
        "CREATE TABLE t(id bigint PRIMARY KEY, more text)",
        "CREATE TABLE another(x int)",
        "INSERT INTO t VALUES (1, 'm')");

    assertThatThrownBy(() -> export("x.db").like(former).run())
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("missing-column t.more")
        .hasMessageContaining("missing-table another");
    ExportReport report =
        export("x.db").like(former).accept(List.of(Kind.MISSING_TABLE, Kind.MISSING_COLUMN)).run();

    assertThat(report.leftOut()).extracting(l -> l.name()).containsExactly("t.extra", "unused");
    assertThat(answers("x.db", "SELECT id || extra FROM t")).containsExactly("1e");
  }

  @Test
  void longRowsAndManyRowsMakeASoundTree() throws SQLException {
    server.execute(
        "CREATE TABLE big(id bigint PRIMARY KEY, t text, b bytea)",
        "INSERT INTO big SELECT i - 500, repeat('x', (i * 37) % 9000), decode(repeat('ab', (i * 91) % 20000),"
            + " 'hex') FROM generate_series(1, 900) i",
        "INSERT INTO big VALUES (9223372036854775807, repeat('long ', 1000000), NULL), (-9223372036854775808, '',"
            + " '')",
        "CREATE TABLE many AS SELECT i, i::text AS t FROM generate_series(1, 200000) i",
        "UPDATE big SET t = t || '!' WHERE id < 0"); // so that they lie in another order

    ExportReport report = export("big.db").run();

    assertThat(report.rows()).isEqualTo(200_902);
    assertThat(answers("big.db", "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(answers("big.db", "SELECT sum(i) || min(t) FROM many"))
        .containsExactly("200001000001");
    assertThat(answers("big.db", "SELECT length(t) FROM big WHERE id = 9223372036854775807"))
        .containsExactly("5000000");
  }

  @Test
  void tablesOfEveryKindAreFilled() throws SQLException {
    Path former =
        SqliteFiles.make(
            folder.resolve("former.db"),
            "CREATE TABLE w(k TEXT, n INT, v BLOB, PRIMARY KEY (k, n)) WITHOUT ROWID",
            "CREATE TABLE g(id INTEGER PRIMARY KEY, a INT, s INT AS (a + 1) STORED, v TEXT AS (a || 'x'))",
            "CREATE TABLE s(id INTEGER PRIMARY KEY, t TEXT UNIQUE, r REAL, any ANY) STRICT",
            "CREATE TABLE d(id INTEGER PRIMARY KEY DESC, t TEXT)",
            "CREATE VIRTUAL TABLE f USING fts5(body, title)",
            "INSERT INTO w VALUES ('a', 1, x'00'), ('a', 2, NULL)",
            "INSERT INTO g(a) VALUES (1), (2)",
            "INSERT INTO s VALUES (1, 'x', 2.0, 'y'), (2, 'z', 1.5, 'q')",
            "INSERT INTO d VALUES (2, 'b'), (1, 'a')",
            "INSERT INTO f VALUES ('so it is', 'one')",
            "CREATE VIEW seen AS SELECT id FROM s");
    SqliteImport.from(former).into(server.database()).run();

    ExportReport report = export("back.db").like(former).run();

    assertThat(report.verified()).isTrue();
    assertThat(
            TwoFiles.differences(
                former, folder.resolve("back.db"), List.of("w", "g", "s", "d", "f"), Set.of()))
        .isEmpty();
    assertThat(answers("back.db", "SELECT s || v FROM g")).containsExactly("21x", "32x");
    assertThat(answers("back.db", "SELECT title FROM f WHERE f MATCH 'is'")).containsExactly("one");
    assertThat(answers("back.db", "SELECT id FROM seen")).containsExactly("1", "2");
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyOnRequestAndKept() throws SQLException, IOException {
    server.execute("CREATE TABLE t(id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    Path file = SqliteFiles.make(folder.resolve("t.db"), "CREATE TABLE former(x)");
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> export("t.db").run())
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("--replace");
    assertThat(file).hasBinaryContent(before);
    ExportReport report = export("t.db").replace(true).run();

    assertThat(Path.of(report.before())).hasBinaryContent(before);
    assertThat(answers("t.db", "SELECT id FROM t")).containsExactly("1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("t.db", Path.of(report.before()).getFileName().toString());
    }
  }

  @Test
  void twoExportsIntoOneFileDoNotMeet() throws SQLException {
    server.execute("CREATE TABLE t(id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");

    export("t.db")
        .onProgress(
            progress -> {
              if (progress.event() == Event.TABLE_BEGINS) {
                assertThatThrownBy(() -> export("t.db").run())
                    .hasMessageContaining("Another export");
              }
            })
        .run();

    assertThat(answers("t.db", "SELECT id FROM t")).containsExactly("1");
  }

  @Test
  void theFileHoldsOneMomentWhateverIsWrittenMeanwhile() throws SQLException {
    server.execute(
        "CREATE TABLE a(id int PRIMARY KEY)",
        "CREATE TABLE b(id int PRIMARY KEY)",
        "INSERT INTO a VALUES (1)",
        "INSERT INTO b VALUES (1)");

    ExportReport report =
        export("t.db")
            .onProgress(
                progress -> {
                  if (progress.event() == Event.TABLE_BEGINS) {
                    write("INSERT INTO a SELECT max(id) + 1 FROM a", "DELETE FROM b");
                  }
                })
            .run();

    assertThat(report.verified()).isTrue();
    assertThat(answers("t.db", "SELECT count(*) FROM a UNION ALL SELECT count(*) FROM b"))
        .containsExactly("1", "1");
  }

  private void write(String... statements) {
    try {
      server.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCancelledExportLeavesNothing() throws SQLException, IOException {
    server.execute("CREATE TABLE t AS SELECT i FROM generate_series(1, 300000) i");
    Cancellation cancellation = new Cancellation();

    assertThatThrownBy(
            () ->
                export("t.db")
                    .cancelledBy(cancellation)
                    .onProgress(
                        p -> {
                          if (p.event() == Event.ROWS) {
                            cancellation.cancel();
                          }
                        })
                    .run())
        .isInstanceOf(CancelledException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertThat(export("t.db").run().rows()).isEqualTo(300_000);
  }

  @Test
  void namesThatAreOneForSqliteAreKeptApart() throws SQLException {
    server.execute(
        "CREATE TABLE \"T\"(\"A\" int, \"a\" int)",
        "CREATE TABLE t(\"x y\" int, \"q\"\"\" int)",
        "CREATE TABLE sqlite_x(i int)",
        "INSERT INTO \"T\" VALUES (1, 2)");

    ExportReport report = export("t.db").run();

    assertThat(report.renamed()).hasSize(3);
    assertThat(answers("t.db", "SELECT a || a_2 FROM \"T\"")).containsExactly("12");
  }

  @Test
  void aSchemaThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> export("t.db").schema("nowhere").run())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("nowhere");
  }
}

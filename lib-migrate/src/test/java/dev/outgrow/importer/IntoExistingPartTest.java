package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.fixture.DamagedFile;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.source.Reading.Form;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, a part of a file, a damaged file and large values, into tables that are there already. */
class IntoExistingPartTest extends PostgresFixture {
  @TempDir private Path folder;

  private Path file(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private SqliteImport load(Path file) {
    return SqliteImport.from(file).into(database).intoExisting(true);
  }

  private static Rules rules(String... selectorsAndForms) {
    Rules.Builder rules = Rules.builder();
    for (int i = 0; i < selectorsAndForms.length; i += 2) {
      rules.rule(
          selectorsAndForms[i], Rule.read(Form.ofWord(selectorsAndForms[i + 1]).orElseThrow()));
    }
    return rules.build();
  }

  @Test
  void aRuleSaysWhatNumbersInAColumnOfMomentsCount() throws SQLException {
    execute(
        "CREATE TABLE play (id integer PRIMARY KEY, started timestamptz NOT NULL, day date, short timestamp(0),"
            + " price numeric(6,2), share real, level smallint, guid uuid, data jsonb, code varchar(4))");
    Path file =
        file(
            "CREATE TABLE play(id INTEGER PRIMARY KEY, started INT, day INT, short INT, price TEXT, share TEXT, level"
                + " TEXT, guid BLOB, data TEXT, code INT)",
            "INSERT INTO play VALUES (1, 1700000000, 86400, 1000, '1.5e1', '0.25', '007',"
                + " x'33221100554477668899aabbccddeeff', '{\"b\": 1, \"a\":2}', 1234)",
            "INSERT INTO play(id, started) VALUES (2, -1)");
    SqliteImport ruled =
        load(file)
            .rules(
                rules(
                    "column play.started", "epoch-seconds",
                    "column play.day", "epoch-seconds",
                    "column play.short", "epoch-millis",
                    "column play.price", "number",
                    "column play.share", "number",
                    "column play.level", "number",
                    "column play.guid", "uuid-mixed",
                    "column play.data", "json",
                    "column play.code", "text"));

    assertThatThrownBy(() -> load(file).run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContainingAll("narrower column play.started", "with a rule for this column");
    assertThat(ruled.run().verified()).isTrue();
    assertThat(query("SELECT *, started AT TIME ZONE 'UTC' FROM play ORDER BY id"))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .startsWith("1|")
                    .contains(
                        "|1970-01-02|1970-01-01 00:00:01|15.00|0.25|7|00112233-4455-6677-8899-aabbccddeeff|"
                            + "{\"a\": 2, \"b\": 1}|1234|")
                    .endsWith("|2023-11-14 22:13:20"),
            row -> assertThat(row).startsWith("2|").endsWith("|1969-12-31 23:59:59"));
    assertThat(ruled.verify().verified()).isTrue();

    execute("UPDATE play SET started = started + interval '1 second' WHERE id = 2");
    assertThat(ruled.verify().differences()).hasSize(1);
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void aRuleDoesNotLetATypeLoseAnything() throws SQLException {
    execute(
        "CREATE DOMAIN ratio AS real",
        "CREATE TABLE t (id integer PRIMARY KEY, price numeric(6,2), share ratio)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, price TEXT, share TEXT)",
            "INSERT INTO t VALUES (1, '1.234', NULL)");

    assertThatThrownBy(() -> load(file).rules(rules("column t.price", "number")).run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContaining("id=1");
    Path finer =
        SqliteFiles.make(
            folder.resolve("finer.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, share TEXT)",
            "INSERT INTO t VALUES (1, '1700000000.25')");
    assertThatThrownBy(() -> load(finer).rules(rules("column t.share", "number")).run())
        .isInstanceOf(BadRowsException.class);

    Rules rounding =
        Rules.builder()
            .rule(
                "column t.price", Rule.builder().set("read", "number").set("round", "yes").build())
            .build();
    assertThat(load(file).rules(rounding).run().verified()).isTrue();
    assertThat(query("SELECT price FROM t")).containsExactly("1.23");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void aRuleForAKeyReachesWhatRefersToIt() throws SQLException {
    execute(
        "CREATE TABLE device (guid uuid PRIMARY KEY, seen timestamptz UNIQUE)",
        "CREATE TABLE part (id integer PRIMARY KEY, device uuid REFERENCES device, seen timestamptz REFERENCES"
            + " device (seen), note uuid)",
        "CREATE TABLE screw (id integer PRIMARY KEY, device uuid)");
    Path file =
        file(
            "CREATE TABLE device(guid BLOB PRIMARY KEY, seen INT)",
            "CREATE TABLE part(id INTEGER PRIMARY KEY, device BLOB, seen INT, note BLOB)",
            "CREATE TABLE screw(id INTEGER PRIMARY KEY, device BLOB REFERENCES device)",
            "INSERT INTO device VALUES (x'33221100554477668899aabbccddeeff', 86400)",
            "INSERT INTO part VALUES (1, x'33221100554477668899aabbccddeeff', 86400,"
                + " x'33221100554477668899aabbccddeeff'), (2, NULL, NULL, NULL)",
            "INSERT INTO screw VALUES (1, x'33221100554477668899aabbccddeeff'), (2, '')");
    SqliteImport ruled =
        load(file)
            .rules(
                Rules.builder()
                    .rule("column device.guid", Rule.read(Form.UUID_MIXED))
                    .rule("column device.seen", Rule.read(Form.EPOCH_SECONDS))
                    .rule("column screw.device", Rule.builder().set("empty", "null").build())
                    .build());

    assertThat(ruled.run().verified()).isTrue();
    assertThat(query("SELECT device, seen AT TIME ZONE 'UTC', note FROM part ORDER BY id"))
        .containsExactly(
            "00112233-4455-6677-8899-aabbccddeeff|1970-01-02 00:00:00|33221100-5544-7766-8899-aabbccddeeff",
            "null|null|null");
    assertThat(query("SELECT device FROM screw ORDER BY id"))
        .containsExactly("00112233-4455-6677-8899-aabbccddeeff", "null");
    assertThat(ruled.verify().verified()).isTrue();
  }

  @Test
  void aRuleForAReferenceHasToAgreeWithTheKey() throws SQLException {
    execute(
        "CREATE TABLE p (at timestamptz PRIMARY KEY)",
        "CREATE TABLE c (id integer PRIMARY KEY, p timestamptz REFERENCES p)");
    Path file =
        file(
            "CREATE TABLE p(at INT)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT)",
            "INSERT INTO p VALUES (1)",
            "INSERT INTO c VALUES (1, 1)");

    assertThatThrownBy(
            () ->
                load(file)
                    .rules(rules("column p.at", "epoch-seconds", "column c.p", "epoch-millis"))
                    .plan())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("[column c.p]", "what agrees with p.at, to which c.p refers");
    assertThat(
            load(file)
                .rules(rules("column p.at", "epoch-seconds", "column c.p", "epoch-seconds"))
                .run()
                .verified())
        .isTrue();
  }

  @Test
  void aReadingThatTheTargetsTypeDoesNotHaveIsRefused() throws SQLException {
    execute("CREATE TABLE t (id integer PRIMARY KEY, words text)");
    Path file = file("CREATE TABLE t(id INTEGER PRIMARY KEY, words INT)");

    assertThatThrownBy(() -> load(file).rules(rules("column t.words", "epoch-seconds")).plan())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("[column t.words]", "epoch-seconds", "t.words, which is text");
  }

  @Test
  void rulesNameTablesAndColumnsOfTheTargetAndLeaveOthersOut() throws SQLException {
    execute(
        "CREATE TABLE people (id integer PRIMARY KEY, full_name text NOT NULL, note text)",
        "INSERT INTO people VALUES (0, 'seeded', NULL)");
    Path file =
        file(
            "CREATE TABLE user(id INTEGER PRIMARY KEY, gone TEXT, name TEXT, note TEXT)",
            "INSERT INTO user VALUES (1, 'gone', 'Ann', ''), (2, 'gone', 'Bob', 'x')",
            "CREATE TABLE debug(x)",
            "INSERT INTO debug VALUES (1)");
    SqliteImport ruled =
        load(file)
            .replace(true)
            .rules(
                Rules.builder()
                    .rule("table user", Rule.rename("people"))
                    .rule("column user.name", Rule.rename("full_name"))
                    .rule("column user.gone", Rule.skip())
                    .rule("column user.note", Rule.builder().set("empty", "null").build())
                    .rule("table debug", Rule.skip())
                    .build());

    ImportReport report = ruled.run();

    assertThat(query("SELECT * FROM people ORDER BY id")).containsExactly("1|Ann|null", "2|Bob|x");
    assertThat(report.notCarried()).isEmpty();
    assertThat(report.leftOut())
        .extracting(LeftOut::kind, LeftOut::name)
        .containsExactlyInAnyOrder(tuple("table", "debug"), tuple("column", "user.gone"));
    assertThat(ruled.verify().verified()).isTrue();
  }

  @Test
  void aPartOfTheFileGoesThereAlone() throws SQLException {
    execute(
        "CREATE TABLE parent (id integer PRIMARY KEY)",
        "CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent)");
    Path file =
        file(
            "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent)",
            "CREATE TABLE other(x)",
            "INSERT INTO parent VALUES (1), (2), (3)",
            "INSERT INTO child VALUES (1, 1), (2, 3)",
            "INSERT INTO other VALUES (1)");

    assertThatThrownBy(() -> load(file).include("child").run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContaining("2 values that refer to nothing: child(parent) -> parent");
    assertThat(load(file).include("parent").limit(2).run().notCarried())
        .extracting(n -> n.kind() + " " + n.name())
        .containsExactly("LIMIT parent");
    assertThat(query("SELECT id FROM parent ORDER BY id")).containsExactly("1", "2");
    assertThat(load(file).replace(true).exclude("other").run().leftOut())
        .extracting(LeftOut::name)
        .containsExactly("other");
    assertThat(query("SELECT id, parent FROM child ORDER BY id")).containsExactly("1|1", "2|3");
    assertThat(load(file).exclude("other").verify().verified()).isTrue();
  }

  @Test
  void whatCanBeReadOfADamagedFileGoesThere() throws Exception {
    execute("CREATE TABLE t (id integer PRIMARY KEY, name varchar(200) NOT NULL)");
    DamagedFile damaged =
        DamagedFile.of(
            folder.resolve("damaged.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                + " INSERT INTO t SELECT i, printf('%.*c', 60, 'x') FROM n");
    Path file = damaged.destroy(damaged.pages("t", "leaf").get(3)).write();

    ImportReport report = load(file).salvage(true).run();

    assertThat(report.notCarried()).extracting(n -> n.kind()).containsOnly(Kind.LOST);
    assertThat(query("SELECT count(*) FROM t"))
        .containsExactly(Long.toString(report.rowsVerified()));
    assertThat(report.rowsVerified()).isBetween(800L, 999L);
    assertThat(load(file).salvage(true).verify().verified()).isTrue();
  }

  @Test
  void largeValuesAreCarriedAndProvenPieceByPiece() throws SQLException {
    execute(
        "CREATE TABLE t (id integer PRIMARY KEY, raw bytea, words varchar, data jsonb, raw2 bytea)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, gone BLOB, raw2 TEXT, raw BLOB, words TEXT, data TEXT)",
            "INSERT INTO t VALUES (1, zeroblob(6000000), replace(hex(zeroblob(3000000)), '00', 'ü'),"
                + " zeroblob(6000000), replace(hex(zeroblob(3000000)), '00', 'ab'), '[\"' ||"
                + " replace(hex(zeroblob(2500000)), '00', 'cd') || '\"]')",
            "INSERT INTO t VALUES (2, x'00', 'x', x'ff', 'y', '{}')");
    SqliteImport loading = load(file).accept(List.of(Kind.MISSING_COLUMN));

    assertThat(loading.run().verified()).isTrue();
    assertThat(
            query(
                "SELECT length(raw), length(words), length(data::text), length(raw2) FROM t ORDER BY id"))
        .containsExactly("6000000|6000000|5000004|6000000", "1|1|2|1");
    assertThat(loading.verify().verified()).isTrue();

    execute("UPDATE t SET words = left(words, -1) || 'c' WHERE id = 1");
    assertThat(loading.verify().differences()).hasSize(1);
  }

  @Test
  void aLargeTextIsNoNumberDateOrUuid() throws SQLException {
    execute("CREATE TABLE t (id integer PRIMARY KEY, n integer, d date, u uuid, f float8)");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n, d, u, f)",
            "INSERT INTO t SELECT 1, b, b, b, b FROM (SELECT hex(zeroblob(3000000)) AS b)");

    assertThatThrownBy(() -> load(file).run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContainingAll("t.n", "t.d", "t.u", "t.f");
  }
}

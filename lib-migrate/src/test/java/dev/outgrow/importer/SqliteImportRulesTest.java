package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Proposal;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import dev.outgrow.importer.source.Reading.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules do to an import, from the file to the server and back. */
class SqliteImportRulesTest extends PostgresFixture {
  @TempDir private Path folder;

  @Test
  void makesMomentsOfEpochSecondsAndTheirDefaults() throws SQLException {
    SqliteImport carry =
        carry(
            """
            [column session_history.started]
            read = epoch-seconds
            [column session_history.stopped]
            read = epoch-seconds
            empty = null
            """,
            "CREATE TABLE session_history (id INTEGER PRIMARY KEY, started INTEGER NOT NULL DEFAULT 0 CHECK (started >= 0),"
                + " stopped INTEGER DEFAULT '', seen INTEGER DEFAULT (strftime('%s','now')))",
            "INSERT INTO session_history VALUES (1, 1700000000, 1700000001.5, 5), (2, 0, '', 6)");

    ImportReport report = carry.run();

    assertThat(
            query(
                "SELECT started AT TIME ZONE 'UTC', stopped AT TIME ZONE 'UTC', seen FROM session_history ORDER BY id"))
        .containsExactly(
            "2023-11-14 22:13:20|2023-11-14 22:13:21.5|5", "1970-01-01 00:00:00|null|6");
    assertThat(
            query(
                "INSERT INTO session_history (id) VALUES (3) RETURNING extract(epoch from started), stopped"))
        .containsExactly("0.000000|null");
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(n -> assertThat(n.kind()).isEqualTo(Kind.CHECK));
    assertThat(report.changedTypes())
        .extracting(ChangedType::why)
        .anySatisfy(w -> assertThat(w).contains("[column session_history.started] of ", "line 1"));
  }

  @Test
  void countsADefaultOfNowFromTheSameMomentAsTheColumn() throws SQLException {
    carry(
            "[column t.*]\nread = epoch-seconds\n[column t.ms]\nread = epoch-millis\n[column t.id]\ntype = bigint\n",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, s INTEGER DEFAULT (strftime('%s','now')),"
                + " u INTEGER DEFAULT (unixepoch()), ms INTEGER DEFAULT (unixepoch() * 1000))",
            "INSERT INTO t (id) VALUES (1)")
        .run();

    assertThat(
            query(
                "INSERT INTO t (id) VALUES (2) RETURNING now() - s < interval '2 minutes' AND s <= now(),"
                    + " now() - u < interval '2 minutes', now() - ms < interval '2 minutes' AND ms <= now()"))
        .containsExactly("t|t|t");
  }

  @Test
  void verifiesAgainByTheSameRulesAndFindsWhatWasChanged() throws SQLException {
    SqliteImport carry =
        carry(
            "[column t.v]\nread = webkit-micros\n",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
            "INSERT INTO t VALUES (1, 13344473600000001)");
    carry.run();
    assertThat(carry.verify().verified()).isTrue();

    execute("UPDATE t SET v = v + interval '1 microsecond'");

    assertThat(carry.verify().differences())
        .singleElement()
        .satisfies(d -> assertThat(d.describe()).isEqualTo("Table t, row id=1 differs in v"));
  }

  @Test
  void readsWhatRefersToAColumnByItsRuleAsWell() throws SQLException {
    ImportReport report =
        carry(
                "[column k.id]\ntype = uuid\n",
                "CREATE TABLE k (id BLOB PRIMARY KEY)",
                "INSERT INTO k VALUES (x'000102030405060708090a0b0c0d0e0f')",
                "CREATE TABLE r (k BLOB REFERENCES k)",
                "INSERT INTO r VALUES (x'000102030405060708090a0b0c0d0e0f'), (NULL)")
            .run();

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT pg_typeof(k), k FROM r JOIN k ON id = k"))
        .containsExactly("uuid|00010203-0405-0607-0809-0a0b0c0d0e0f");
  }

  @Test
  void refusesARuleForOneEndOfAForeignKeyAlone() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                carry(
                        "[column r.k]\nread = epoch-seconds\n",
                        "CREATE TABLE k (id INTEGER PRIMARY KEY)",
                        "CREATE TABLE r (k INTEGER REFERENCES k)")
                    .plan())
        .withMessageContaining("k.id")
        .withMessageContaining("line 1");
  }

  @Test
  void namesAUniqueKeyWhoseValuesTheRuleMadeOne() throws SQLException {
    ImportReport report =
        carry(
                "[column t.v]\nread = epoch-seconds\ntype = date\nround = yes\n",
                "CREATE TABLE t (v INTEGER UNIQUE)",
                "INSERT INTO t VALUES (1700000000), (1700000001)")
            .run();

    assertThat(report.rowsVerified()).isEqualTo(2);
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.kind()).isEqualTo(Kind.UNIQUE_KEY);
              assertThat(n.reason()).contains("PostgreSQL refuses it");
            });
  }

  @Test
  void leavesOutTablesAndColumnsAndSaysThatARuleDidIt() throws SQLException {
    ImportReport report =
        carry(
                "[table log*]\nskip = yes\n[column t.secret]\nskip = yes\n",
                "CREATE TABLE logs (a)",
                "INSERT INTO logs VALUES (1), (2)",
                "CREATE TABLE t (secret UNIQUE, id INTEGER PRIMARY KEY, l REFERENCES logs(a), v, UNIQUE (secret, v))",
                "CREATE INDEX by_secret ON t (secret)",
                "INSERT INTO t VALUES ('s', 7, 1, 'x')")
            .run();

    assertThat(query("SELECT * FROM t")).containsExactly("7|1|x");
    assertThat(report.rowsRead()).isEqualTo(1);
    assertThat(report.rowsVerified()).isEqualTo(1);
    assertThat(report.leftOut())
        .extracting(LeftOut::kind)
        .containsExactlyInAnyOrder("table", "column", "unique-key", "index", "foreign-key");
    assertThat(report.notCarried()).extracting(NotCarried::kind).containsExactly(Kind.UNIQUE_KEY);
    assertThat(ReportText.of(report, List.of()))
        .contains("Left out:", "table logs: by rule [table log*]");
    assertThat(ReportJson.of(report)).contains("\"leftOut\"");
  }

  @Test
  void renamesTablesAndColumnsEverywhere() throws SQLException {
    ImportReport report =
        carry(
                "[table \"Media Item\"]\nrename = media_item\n[column \"Media Item\".\"Id\"]\nrename = id\n",
                "CREATE TABLE \"Media Item\" (\"Id\" INTEGER PRIMARY KEY, v CHECK (v <> ''))",
                "CREATE TABLE r (i REFERENCES \"Media Item\")",
                "INSERT INTO \"Media Item\" VALUES (1, 'a')",
                "INSERT INTO r VALUES (1)")
            .run();

    assertThat(query("SELECT id, v FROM media_item JOIN r ON i = id")).containsExactly("1|a");
    assertThat(report.renamed()).hasSize(2);
  }

  @Test
  void namesTheRowThatDoesNotFitTheRuleAndLeavesTheTargetAlone() throws SQLException {
    SqliteImport carry =
        carry(
            "[column t.v]\nread = epoch-seconds\n",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
            "INSERT INTO t VALUES (1, 1), (2, 'yesterday')");

    assertThatExceptionOfType(BadRowsException.class)
        .isThrownBy(carry::run)
        .satisfies(e -> assertThat(e.rejects()).extracting(Reject::key).containsExactly("id=2"))
        .withMessageContaining("no number");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void takesEmptyTextsForNullsBeforeItChoosesAType() throws SQLException {
    ImportReport report =
        carry(
                "[type INTEGER]\nempty = null\n",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL)",
                "INSERT INTO t VALUES (1, 5), (2, '')")
            .run();

    assertThat(query("SELECT pg_typeof(v), v FROM t ORDER BY id"))
        .containsExactly("bigint|5", "bigint|null");
    assertThat(report.notCarried()).extracting(NotCarried::kind).containsExactly(Kind.NOT_NULL);
  }

  @Test
  void carriesNoSqlOnAColumnWhoseTextBecameNumbers() throws SQLException {
    ImportReport report =
        carry(
                "[column t.v]\ntype = numeric\n",
                "CREATE TABLE t (v TEXT DEFAULT '1.50' CHECK (v < 10))",
                "CREATE INDEX i ON t (v) WHERE v < 10",
                "INSERT INTO t VALUES ('1'), ('-2.5')")
            .run();

    assertThat(report.notCarried())
        .extracting(NotCarried::kind)
        .containsExactlyInAnyOrder(Kind.CHECK, Kind.INDEX);
    assertThat(query("INSERT INTO t VALUES (DEFAULT) RETURNING v, pg_typeof(v)"))
        .containsExactly("1.50|numeric");
  }

  @Test
  void carriesADefaultThatTheRuleHasNoValueForAsNone() throws SQLException {
    ImportReport report =
        carry(
                "[column t.a]\nread = epoch-seconds\n[column t.b]\nempty = null\n[column t.c]\nread = iso\nzone = UTC\n",
                "CREATE TABLE t (a INTEGER DEFAULT 'never', b TEXT DEFAULT (lower('')), c TEXT DEFAULT CURRENT_TIMESTAMP,"
                    + " id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1, 'x', '2024-02-29 10:00:00', 1)")
            .run();

    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.kind()).isEqualTo(Kind.DEFAULT);
              assertThat(n.name()).isEqualTo("t.a");
              assertThat(n.reason()).contains("DEFAULT 'never'");
            });
    assertThat(
            query("INSERT INTO t (id) VALUES (2) RETURNING a, b, now() - c < interval '2 minutes'"))
        .containsExactly("null|null|t");
  }

  @Test
  void mendsTextAsTheRuleSays() throws SQLException {
    String[] statements = {
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT)",
      "INSERT INTO t VALUES (1, CAST(x'610062' AS TEXT), CAST(x'61ff62' AS TEXT), CAST(x'6100' AS TEXT))"
    };
    SqliteImport carry =
        carry(
            "[column t.a]\nbad-text = strip\n[column t.b]\nbad-text = replace\n[column t.c]\nbad-text = bytea\n",
            statements);
    carry.run();

    assertThat(query("SELECT a, b, c, pg_typeof(a) FROM t"))
        .containsExactly("ab|a\uFFFDb|\\x6100|text");
    assertThat(carry.verify().verified()).isTrue();
    Path reject = rules("[column t.a]\nbad-text = reject\n");
    assertThatExceptionOfType(BadRowsException.class)
        .isThrownBy(() -> carry.schema("other").rules(Rules.read(reject)).run())
        .withMessageContaining("NUL");
  }

  @Test
  void carriesNothingThatWasNotReadWhenNoRuleIsForAnything() throws SQLException {
    SqliteImport carry =
        carry("[column t.startd]\nread = epoch-seconds\n", "CREATE TABLE t (a, started)");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(carry::run)
        .withMessageContaining("line 1")
        .withMessageContaining("did you mean [column t.started]?");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void countsNoOrphanWhereTheRuleMakesTheReferenceNull() throws SQLException {
    ImportReport report =
        carry(
                "[column c.p]\nempty = null\n",
                "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                "INSERT INTO p VALUES (1)",
                "CREATE TABLE c (p INTEGER REFERENCES p)",
                "INSERT INTO c VALUES (1), ('')")
            .run();

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT pg_typeof(p), p FROM c ORDER BY p"))
        .containsExactly("bigint|1", "bigint|null");
    assertThat(query("SELECT convalidated FROM pg_constraint WHERE conname = 'fk_c_p'"))
        .containsExactly("t");
  }

  @Test
  void proposesRulesForEpochsThatCanBePasted() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("epochs.db"),
            "CREATE TABLE messages (id INTEGER PRIMARY KEY, created_at INTEGER, updated REAL, sentMillis INTEGER, date_us INTEGER,"
                + " ZCREATIONDATE TIMESTAMP, date INTEGER, last_visit_time INTEGER, taken DATETIME)",
            "INSERT INTO messages VALUES (1, 1700000000, 1700000000.1234567, 1700000000123, 1700000000123456,"
                + " 700000000.25, 700000000123456789, 13344473600000001, 2460263.425925926),"
                + " (2, 0, 1700000000.5, NULL, 1600000000123456, 600000000, 0, 0, 2460263.5)");

    Inspection inspection = SqliteImport.from(file).inspect();
    assertThat(inspection.proposals())
        .extracting(Proposal::read)
        .containsExactly(
            "epoch-seconds",
            "epoch-seconds",
            "epoch-millis",
            "epoch-micros",
            "apple-seconds",
            "apple-nanos",
            "webkit-micros",
            "julian-day");
    assertThat(ReportJson.of(inspection)).contains("\"read\" : \"apple-nanos\"");
    String text = ReportText.of(inspection);
    String pasted =
        inspection.proposals().stream().map(Proposal::text).collect(Collectors.joining("\n"));
    assertThat(text).contains(pasted);
    Path rules = Files.writeString(folder.resolve("pasted.ini"), pasted);
    SqliteImport carry = SqliteImport.from(file).into(database).rules(Rules.read(rules));
    ImportReport report = carry.run();

    assertThat(report.verified()).isTrue();
    assertThat(carry.verify().verified()).isTrue();
    assertThat(SqliteImport.from(file).rules(Rules.read(rules)).inspect().proposals()).isEmpty();
    assertThat(
            query(
                "SELECT created_at AT TIME ZONE 'UTC', updated AT TIME ZONE 'UTC', \"sentMillis\" AT TIME ZONE 'UTC', date_us AT TIME ZONE 'UTC',"
                    + " \"ZCREATIONDATE\" AT TIME ZONE 'UTC', date AT TIME ZONE 'UTC', last_visit_time AT TIME ZONE 'UTC',"
                    + " taken AT TIME ZONE 'UTC' FROM messages WHERE id = 1"))
        .containsExactly(
            "2023-11-14 22:13:20|2023-11-14 22:13:20.123457|2023-11-14 22:13:20.123|2023-11-14 22:13:20.123456|2023-03-08 20:26:40.25"
                + "|2023-03-08 20:26:40.123457|2023-11-14 22:13:20.000001|2023-11-14 22:13:20");
  }

  @Test
  void proposesNothingForOrdinaryNumbers() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("ordinary.db"),
            "CREATE TABLE u (created INTEGER PRIMARY KEY, v)",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, size INTEGER, file_size INTEGER, user_id INTEGER, facebook_id INTEGER,"
                + " views INTEGER, duration INTEGER, time_offset INTEGER, created_count INTEGER, phone INTEGER, crc INTEGER,"
                + " start INTEGER, started INTEGER REFERENCES u, year INTEGER, update_flag INTEGER, price REAL, lat REAL,"
                + " at_text TEXT, empty_at INTEGER, runtime INTEGER, bitrate INTEGER, created_mixed)",
            "INSERT INTO u VALUES (1700000000, 1)",
            "INSERT INTO t VALUES (1700000000, 1700000000, 1700000001, 1700000002, 1700000000123456, 1700000003,"
                + " 1700000004, 1700000005, 1700000006, 1700000007, 1700000008, 12, 1700000000, 2024, 1, 2460263.5,"
                + " 52.5, '1700000000', NULL, 5400, 700000000, 1700000000),"
                + " (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, NULL, 1999, 0, 9.99, 13.4, '', 0, 90, 1, 'soon')");

    assertThat(SqliteImport.from(file).inspect().proposals()).isEmpty();
  }

  @Test
  void saysInThePlanWhichRuleDecided() throws SQLException {
    String plan =
        carry("[type STAMP]\nread = epoch-millis\n", "CREATE TABLE t (a STAMP, b INTEGER)")
            .plan()
            .text();

    assertThat(plan)
        .contains("-- t.a STAMP becomes timestamp with time zone: rule [type STAMP] of")
        .contains("(read = epoch-millis)");
  }

  @Test
  void takesRulesFromCodeAsWell() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("code.db"),
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES (1700000000000)");
    Rules rules = Rules.builder().rule("column t.a", Rule.read(Form.EPOCH_MILLIS)).build();

    SqliteImport.from(file).into(database).rules(rules).run();

    assertThat(query("SELECT a AT TIME ZONE 'UTC' FROM t")).containsExactly("2023-11-14 22:13:20");
  }

  private SqliteImport carry(String rules, String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    return SqliteImport.from(file).into(database).rules(Rules.read(rules(rules)));
  }

  private Path rules(String text) {
    try {
      return Files.writeString(folder.resolve("rules.ini"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

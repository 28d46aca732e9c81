package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TriggerMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.translate.Translation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simple triggers do the same on both sides; the others are named. */
class TriggerTest extends PostgresFixture {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  private ImportReport carry(String... statements) throws SQLException {
    file = SqliteFiles.make(folder.resolve("source.db"), statements);
    ImportReport report = SqliteImport.from(file).into(database).replace(true).run();
    assertThat(report.verified()).isTrue();
    return report;
  }

  /**
   * Runs the same statements on both sides; each must succeed on both, or fail with one message.
   */
  private void bothDo(String query, String... statements) throws SQLException {
    try (Connection sqlite = SqliteFiles.open(file);
        Connection postgres = database.connection()) {
      for (String sql : statements) {
        String inSqlite = outcome(sqlite, sql);
        String inPostgres = outcome(postgres, sql);
        if (inSqlite.isEmpty()) {
          assertThat(inPostgres).as(sql).isEmpty();
        } else {
          // [SQLITE_CONSTRAINT_TRIGGER] A RAISE function within a trigger fired, causing …
          // (message)
          String message = inSqlite.substring(inSqlite.lastIndexOf('(') + 1, inSqlite.length() - 1);
          assertThat(inPostgres).as(sql).contains(message);
        }
        assertThat(rows(postgres, query)).as(sql).isEqualTo(rows(sqlite, query));
      }
    }
  }

  private static String outcome(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (results.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(results.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
      return rows;
    }
  }

  private static List<String> named(ImportReport report) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == Kind.TRIGGER)
        .map(NotCarried::name)
        .toList();
  }

  private String reason(ImportReport report, String trigger) {
    return report.notCarried().stream()
        .filter(n -> n.name().equals(trigger))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void touchingARowDoesTheSameOnBothSides() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, version INTEGER NOT NULL DEFAULT 1, low TEXT)",
            "INSERT INTO t(v) VALUES ('a'), ('b'), ('c')",
            "CREATE TRIGGER touch AFTER UPDATE ON t FOR EACH ROW BEGIN"
                + " UPDATE t SET version = version + 1, low = lower(NEW.v) || '/' || ifnull(OLD.v, '-')"
                + " WHERE id = OLD.id AND NEW.v <> 'quiet'; END");

    assertThat(report.notCarried()).isEmpty();
    bothDo(
        "SELECT id, v, version, low FROM t ORDER BY id",
        "UPDATE t SET v = 'X' WHERE id = 1",
        "UPDATE t SET v = v",
        "UPDATE t SET v = 'quiet' WHERE id = 2",
        "UPDATE t SET v = NULL WHERE id = 3",
        "UPDATE t SET id = 30, v = 'moved' WHERE id = 3",
        "UPDATE t SET version = 100 WHERE id = 1",
        "DELETE FROM t WHERE id = 2",
        "INSERT INTO t(id, v) VALUES (40, 'new')");
  }

  @Test
  void aTimestampIsWrittenAsSqliteWritesIt() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, updated DATETIME, seconds INTEGER, plain TEXT)",
            "INSERT INTO t VALUES (1, 'a', '2020-01-01 00:00:00', 0, '')",
            "CREATE TABLE w(k TEXT PRIMARY KEY, v TEXT, created TEXT) WITHOUT ROWID",
            "CREATE TRIGGER [t updated] AFTER UPDATE OF v ON t WHEN NEW.v IS NOT OLD.v BEGIN"
                + " UPDATE t SET updated = CURRENT_TIMESTAMP, seconds = strftime('%s', 'now'),"
                + " plain = datetime('now') WHERE rowid = NEW.rowid; END",
            "CREATE TRIGGER w_created AFTER INSERT ON w BEGIN"
                + " UPDATE w SET created = strftime('%Y-%m-%d %H:%M:%S', 'now') WHERE k = NEW.k; END");

    assertThat(report.notCarried()).isEmpty();
    execute("UPDATE t SET v = 'a'");
    assertThat(query("SELECT updated, seconds FROM t")).containsExactly("2020-01-01 00:00:00|0");
    execute("UPDATE t SET v = 'b'", "INSERT INTO w(k) VALUES ('x')");
    assertThat(
            query(
                "SELECT updated AT TIME ZONE 'UTC' BETWEEN now() - interval '1 minute' AND now(),"
                    + " to_timestamp(seconds) BETWEEN now() - interval '1 minute' AND now(),"
                    + " plain = to_char(updated, 'YYYY-MM-DD HH24:MI:SS') FROM t"))
        .containsExactly("t|t|t");
    assertThat(query("SELECT created ~ '^20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' FROM w"))
        .containsExactly("t");
  }

  @Test
  void aTimestampThatTheStatementSetsItselfIsLeftAlone() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, updated DATETIME)",
            "INSERT INTO t VALUES (1, 'a', '2020-01-01 00:00:00'), (2, 'b', NULL)",
            "CREATE TRIGGER touch AFTER UPDATE ON t WHEN NEW.updated IS OLD.updated AND NEW.v != 'z' BEGIN"
                + " UPDATE t SET updated = datetime('2024-02-29 10:00') WHERE id = NEW.id; END");

    assertThat(report.notCarried()).isEmpty();
    bothDo(
        "SELECT id, v, updated FROM t ORDER BY id",
        "UPDATE t SET v = 'c'",
        "UPDATE t SET updated = '2021-01-01 00:00:00'",
        "UPDATE t SET v = 'z'",
        "UPDATE t SET updated = NULL WHERE id = 2",
        "UPDATE t SET v = 'd'");
  }

  @Test
  void aValidationRefusesTheSameRowsWithTheSameMessage() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, v TEXT)",
            "INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b')",
            "CREATE TRIGGER positive BEFORE INSERT ON t WHEN NEW.n < 0 BEGIN"
                + " SELECT RAISE(ABORT, 'it''s negative; \"really\" $body$'); END",
            "CREATE TRIGGER kept BEFORE UPDATE OF n, v ON t BEGIN"
                + " SELECT RAISE(ROLLBACK, 'smaller') WHERE NEW.n < OLD.n;"
                + " SELECT CASE WHEN NEW.v = 'bad' THEN RAISE(ABORT, 'bad') WHEN NEW.v IS NULL THEN"
                + " RAISE(ABORT, 'none') ELSE 1 END WHERE NEW.id < 100; END",
            "CREATE TRIGGER stays BEFORE DELETE ON t WHEN OLD.id = 1 BEGIN SELECT RAISE(ABORT, 'stays'); END",
            "CREATE TRIGGER late AFTER INSERT ON t BEGIN SELECT RAISE(ABORT, \"too large\") WHERE NEW.id > 1000; END");

    assertThat(report.notCarried()).isEmpty();
    bothDo(
        "SELECT id, n, v FROM t ORDER BY id",
        "INSERT INTO t(id, n) VALUES (3, -1)",
        "INSERT INTO t(id, n) VALUES (3, NULL)",
        "UPDATE t SET n = 5",
        "UPDATE t SET n = 4 WHERE id = 1",
        "UPDATE t SET v = 'bad' WHERE id = 1",
        "UPDATE t SET v = NULL WHERE id = 2",
        "UPDATE t SET id = 200, v = NULL WHERE id = 2",
        "DELETE FROM t WHERE id = 1",
        "DELETE FROM t WHERE id = 200",
        "INSERT INTO t(id, n) VALUES (1001, 1)",
        "INSERT INTO t(id, n) VALUES (1000, 1)");
    assertThatThrownBy(() -> execute("DELETE FROM t WHERE id = 1"))
        .hasFieldOrPropertyWithValue("SQLState", "23000");
  }

  @Test
  void aValidationMayAskOtherTables() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE \"a 'kind\"(code TEXT PRIMARY KEY COLLATE NOCASE, most INTEGER)",
            "INSERT INTO \"a 'kind\" VALUES ('x', 3), ('y', NULL)",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, kind TEXT, n INTEGER, \"it's\" TEXT)",
            "INSERT INTO t VALUES (1, 'x', 1, 'a')",
            "CREATE TRIGGER known BEFORE INSERT ON t BEGIN"
                + " SELECT RAISE(ABORT, 'it''s no kind; 100 %')"
                + " WHERE NOT EXISTS (SELECT 1 FROM \"a 'kind\" k WHERE k.code = NEW.kind);"
                + " SELECT RAISE(ABORT, 'too many') FROM \"a 'kind\" AS k, t"
                + " WHERE k.code = t.kind AND k.code = NEW.kind AND k.most < NEW.n; END",
            "CREATE TRIGGER changed BEFORE UPDATE OF kind, n ON t"
                + " WHEN NEW.kind IS NOT OLD.kind AND EXISTS (SELECT 1 FROM \"a 'kind\" WHERE most IS NULL) BEGIN"
                + " SELECT CASE WHEN NEW.kind = 'none' THEN RAISE(ABORT, 'none')"
                + " WHEN NEW.kind NOT IN (SELECT 'x' FROM \"a 'kind\") AND OLD.n > 1 THEN RAISE(ABORT, 'not in')"
                + " WHEN (SELECT count(*) FROM \"a 'kind\" WHERE code = OLD.kind) = 0 THEN RAISE(ABORT, 'unknown before')"
                + " END; END",
            "CREATE TRIGGER named AFTER UPDATE OF \"it's\" ON t BEGIN"
                + " SELECT RAISE(ABORT, 'a kind') FROM \"a 'kind\" WHERE code = NEW.\"it's\"; END",
            "CREATE TRIGGER gone BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'needed')"
                + " WHERE EXISTS (SELECT 1 FROM \"a 'kind\" WHERE most = OLD.n); END");

    assertThat(report.notCarried()).extracting(NotCarried::kind).containsOnly(Kind.COLLATION);
    bothDo(
        "SELECT id, kind, n, \"it's\" FROM t ORDER BY id",
        "INSERT INTO t VALUES (2, 'z', 1, NULL)",
        "INSERT INTO t VALUES (2, NULL, 1, NULL)",
        "INSERT INTO t VALUES (2, 'X', 1, NULL), (3, 'Y', 10, NULL)",
        "INSERT INTO t VALUES (4, 'x', 4, NULL)",
        "INSERT INTO t SELECT id + 10, kind, n + 1, NULL FROM t WHERE id < 3",
        "UPDATE t SET kind = 'none' WHERE id = 1",
        "UPDATE t SET kind = 'y' WHERE id = 3",
        "UPDATE t SET kind = 'x', n = 3 WHERE id = 3",
        "UPDATE t SET kind = 'q' WHERE id = 1",
        "UPDATE t SET kind = 'x' WHERE id = 1",
        "UPDATE t SET \"it's\" = 'Y' WHERE id = 2",
        "UPDATE t SET \"it's\" = 'z' WHERE id = 2",
        "DELETE FROM t WHERE id = 3",
        "DELETE FROM \"a 'kind\" WHERE most = 3",
        "DELETE FROM t WHERE id = 3",
        "UPDATE t SET kind = 'y', n = 1 WHERE id = 2");
  }

  @Test
  void aValidationMayAskViewsThatAreCarried() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE a(code TEXT, x INTEGER)",
            "CREATE TABLE b(code TEXT)",
            "INSERT INTO b VALUES ('b')",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, code TEXT)",
            "CREATE VIEW codes AS SELECT code, 'a' AS kind FROM a UNION ALL SELECT code, 'b' AS kind FROM b",
            "CREATE TABLE n(i INTEGER, t TEXT)",
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000)"
                + " INSERT INTO n SELECT -i, hex(i) FROM c",
            "CREATE INDEX by_i ON n(i)",
            "CREATE VIEW some AS SELECT t FROM n WHERE i < 0 LIMIT 2",
            "CREATE TRIGGER known BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no code')"
                + " WHERE NOT EXISTS (SELECT 1 FROM codes WHERE codes.code = NEW.code AND kind <> 'c'); END",
            "CREATE TRIGGER unsure BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'some')"
                + " WHERE EXISTS (SELECT 1 FROM some WHERE t = NEW.code); END");

    assertThat(report.notCarried())
        .extracting(n -> n.kind() + " " + n.name())
        .containsExactlyInAnyOrder("VIEW some", "TRIGGER unsure");
    assertThat(reason(report, "unsure")).startsWith("PostgreSQL refuses");
    bothDo(
        "SELECT code FROM t ORDER BY 1",
        "INSERT INTO t(code) VALUES ('a')",
        "INSERT INTO t(code) VALUES ('b')",
        "INSERT INTO a VALUES ('a', 1)",
        "INSERT INTO t(code) VALUES ('a')");
    assertThat(query("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"))
        .containsExactly("known");
  }

  @Test
  void rowsOfTheSameStatementAreSeenBeforeTheNextOne() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "CREATE TRIGGER one BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'twice')"
                + " WHERE EXISTS (SELECT 1 FROM t WHERE v = NEW.v); END");

    assertThat(report.notCarried()).isEmpty();
    bothDo(
        "SELECT v FROM t ORDER BY 1",
        "INSERT INTO t(v) VALUES ('a'), ('b')",
        "INSERT INTO t(v) VALUES ('c'), ('c')",
        "INSERT INTO t(v) VALUES ('c'), ('d')");
  }

  /** */
  @Test
  void aTriggerAsksTheTablesBesideItsOwnWhereverTheyAreMoved() throws SQLException {
    String[] statements = {
      "CREATE TABLE allowed(v TEXT)",
      "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
      "CREATE TRIGGER checked BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'not allowed')"
          + " WHERE NOT EXISTS (SELECT 1 FROM allowed WHERE v = NEW.v); END"
    };
    carry(statements);
    execute("INSERT INTO allowed VALUES ('before')");
    ImportReport report = SqliteImport.from(file).into(database).replace(true).run();
    execute(
        "INSERT INTO allowed VALUES ('after')",
        "INSERT INTO t(v) VALUES ('after')",
        "INSERT INTO " + report.before() + ".t(v) VALUES ('before')");

    assertThatThrownBy(() -> execute("INSERT INTO t(v) VALUES ('before')"))
        .hasMessageContaining("not allowed");
  }

  @Test
  void rowsAreLoadedWithoutSettingTriggersOff() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)",
            "INSERT INTO t VALUES (1, -5)",
            "CREATE TRIGGER positive BEFORE INSERT ON t WHEN NEW.n < 0 BEGIN SELECT RAISE(ABORT, 'no'); END");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT * FROM t")).containsExactly("1|-5");
  }

  @Test
  void whatCannotBeKeptExactlyIsNamedWithItsText() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT, u TEXT, g TEXT AS (lower(a)))",
            "CREATE TABLE log(x TEXT)",
            "CREATE VIEW v AS SELECT a FROM t",
            "CREATE TRIGGER audits AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (NEW.a); END",
            "CREATE TRIGGER everything AFTER UPDATE ON t BEGIN UPDATE t SET u = 'x'; END",
            "CREATE TRIGGER others AFTER UPDATE ON t BEGIN UPDATE t SET u = 'x' WHERE a = NEW.a; END",
            "CREATE TRIGGER other AFTER INSERT ON t BEGIN UPDATE log SET x = 'x' WHERE rowid = NEW.rowid; END",
            "CREATE TRIGGER early BEFORE UPDATE ON t BEGIN UPDATE t SET u = 'x' WHERE id = NEW.id; END",
            "CREATE TRIGGER fails BEFORE INSERT ON t BEGIN SELECT RAISE(FAIL, 'x') WHERE NEW.a = 'x'; END",
            "CREATE TRIGGER ignores BEFORE INSERT ON t WHEN NEW.a = 'x' BEGIN SELECT RAISE(IGNORE); END",
            "CREATE TABLE follower(t INTEGER REFERENCES t(id) ON DELETE CASCADE)",
            "CREATE TRIGGER late AFTER INSERT ON t BEGIN SELECT RAISE(ABORT, 'x')"
                + " WHERE (SELECT count(*) FROM t) < 2; END",
            "CREATE TRIGGER own BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'x')"
                + " WHERE (SELECT count(*) FROM t) < 2; END",
            "CREATE TRIGGER follows BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'x')"
                + " WHERE EXISTS (SELECT 1 FROM follower); END",
            "CREATE TRIGGER asks AFTER INSERT ON t BEGIN SELECT RAISE(ABORT, 'x')"
                + " WHERE EXISTS (SELECT 1 FROM v WHERE v.a = NEW.a); END",
            "CREATE TRIGGER several BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'x')"
                + " WHERE NEW.a = (SELECT x FROM log); END",
            "CREATE TRIGGER shadow BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'x')"
                + " WHERE EXISTS (SELECT 1 FROM log AS new WHERE new.x = 'a'); END",
            "CREATE TRIGGER unknown BEFORE INSERT ON t WHEN NEW.id = 7 BEGIN SELECT RAISE(ABORT, 'x'); END",
            "CREATE TRIGGER computed BEFORE INSERT ON t WHEN NEW.g = 'x' BEGIN SELECT RAISE(ABORT, 'x'); END",
            "CREATE TRIGGER instead INSTEAD OF INSERT ON v BEGIN INSERT INTO t(a) VALUES (NEW.a); END");

    assertThat(named(report))
        .containsExactlyInAnyOrder(
            "audits",
            "everything",
            "others",
            "other",
            "early",
            "fails",
            "ignores",
            "late",
            "own",
            "follows",
            "asks",
            "several",
            "shadow",
            "unknown",
            "computed",
            "instead");
    assertThat(reason(report, "audits"))
        .endsWith(
            "CREATE TRIGGER audits AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (NEW.a); END");
    assertThat(query("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
        .containsExactly("0");
    assertThat(query("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"))
        .containsExactly("0");
  }

  @Test
  void aTriggerThatWouldSetOffAnotherIsNamed() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b TEXT, ua TEXT, ub TEXT, created TEXT)",
            "CREATE TRIGGER created AFTER INSERT ON t BEGIN UPDATE t SET created = 'x' WHERE id = NEW.id; END",
            "CREATE TRIGGER b_touch AFTER UPDATE OF b ON t BEGIN UPDATE t SET ub = 'b' WHERE id = NEW.id; END",
            "CREATE TRIGGER c_touch AFTER UPDATE OF created ON t BEGIN UPDATE t SET ua = 'c' WHERE id = NEW.id; END");

    assertThat(named(report)).containsExactly("created");
    assertThat(reason(report, "created")).contains("c_touch");
    bothDo(
        "SELECT * FROM t ORDER BY id",
        "UPDATE t SET b = 'x'",
        "UPDATE t SET created = 'y', b = 'z'");
  }

  @Test
  void hostileNamesArriveAsTheyAre() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE \"sel\"\"ect; $body$ 🐘\"(\"I d\" INTEGER PRIMARY KEY, \"new\" INTEGER, \"NULL\" TEXT)",
            "INSERT INTO \"sel\"\"ect; $body$ 🐘\" VALUES (1, 1, 'a')",
            "CREATE TRIGGER \"it's $body$; \"\"x\"\" 🐘\" AFTER UPDATE ON \"sel\"\"ect; $body$ 🐘\" BEGIN"
                + " UPDATE \"sel\"\"ect; $body$ 🐘\" SET \"NULL\" = 'it''s $body1$' WHERE \"I d\" = NEW.\"I d\"; END",
            "CREATE TRIGGER \""
                + "t".repeat(80)
                + "\" BEFORE INSERT ON \"sel\"\"ect; $body$ 🐘\" WHEN NEW.\"new\" = 5 BEGIN"
                + " SELECT RAISE(ABORT, 'five%'); END");

    assertThat(report.notCarried()).isEmpty();
    bothDo(
        "SELECT * FROM \"sel\"\"ect; $body$ 🐘\" ORDER BY 1",
        "UPDATE \"sel\"\"ect; $body$ 🐘\" SET \"new\" = 2",
        "INSERT INTO \"sel\"\"ect; $body$ 🐘\"(\"new\") VALUES (5)");
  }

  @Test
  void functionsMoveWithTheirTablesAndDoNotGetInEachOthersWay() throws SQLException {
    String table = "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)";
    String trigger =
        "CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET n = %s WHERE id = NEW.id; END";
    carry(table, "INSERT INTO t VALUES (1, 1)", trigger.formatted("NEW.n + 100"));
    Path again = folder.resolve("again.db");
    SqliteFiles.make(
        again, table, "INSERT INTO t VALUES (1, 1)", trigger.formatted("NEW.n + 1000"));

    ImportReport report = SqliteImport.from(again).into(database).replace(true).run();

    execute("UPDATE t SET n = 2", "UPDATE \"" + report.before() + "\".t SET n = 2");
    assertThat(query("SELECT n FROM t")).containsExactly("1002");
    assertThat(query("SELECT n FROM \"" + report.before() + "\".t")).containsExactly("102");

    execute("DROP TABLE t");
    ImportReport third = SqliteImport.from(again).into(database).run();

    assertThat(third.verified()).isTrue();
    execute("UPDATE t SET n = 3");
    assertThat(query("SELECT n FROM t")).containsExactly("1003");
  }

  @Test
  void aTriggerThatPostgresRefusesLeavesNoFunctionBehind() throws SQLException {
    ImportNames names = ImportNames.of("public", "1");
    TriggerMapping refused =
        new TriggerMapping(
            "touch",
            "touch",
            "no such table",
            new Translation.Trigger(
                "BEFORE", "UPDATE", List.of(), null, "BEGIN RETURN NEW; END", List.of()),
            "CREATE TRIGGER touch …");
    SchemaMapping mapping =
        new SchemaMapping(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(refused), List.of());
    try (ImportTarget target = ImportTarget.open(database, names, Buffers.DEFAULT)) {
      for (Step step : ImportPlan.of(names, mapping, target.state()).steps()) {
        if (step instanceof Step.Execute execute) {
          target.execute(execute);
        } else if (step instanceof Step.Attempt attempt) {
          assertThat(target.attempt(attempt))
              .hasValueSatisfying(
                  n ->
                      assertThat(n.reason())
                          .startsWith("PostgreSQL refuses CREATE TRIGGER touch …: ")
                          .contains("does not exist"));
        }
      }
      assertThat(query("SELECT count(*) FROM pg_proc WHERE proname = 'touch'"))
          .containsExactly("0");
    }
  }

  @Test
  void thePlanShowsTheFunctionAndTheTrigger() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)",
            "CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET n = 1 WHERE id = NEW.id; END");

    assertThat(SqliteImport.from(file).into(database).plan().text())
        .contains("-- Trigger touch")
        .contains(
            "RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$")
        .containsPattern(
            "CREATE TRIGGER \"touch\" BEFORE UPDATE ON \"outgrow_staging_\\w+\"\\.\"t\"")
        .containsPattern("ALTER FUNCTION \"outgrow_staging_\\w+\"\\.\"touch\"\\(\\) SET SCHEMA");
  }
}

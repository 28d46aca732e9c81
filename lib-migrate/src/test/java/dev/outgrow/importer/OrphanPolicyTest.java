package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.report.VerifyReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows whose foreign key refers to nothing, under each policy. */
class OrphanPolicyTest extends PostgresFixture {
  private static final String[] SIMPLE = {
    "CREATE TABLE p(id INTEGER PRIMARY KEY)",
    "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p(id))",
    "INSERT INTO p VALUES (1), (2)",
    "INSERT INTO c VALUES (1, 1), (2, 7), (3, NULL), (4, 8), (5, 2)"
  };

  /** A chain that hangs on nothing, one that hangs on a root, and a row that refers to itself. */
  private static final String[] SELF = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, up INTEGER REFERENCES t(id))",
    "INSERT INTO t VALUES (1, NULL), (2, 1), (3, 2), (10, 99), (11, 10), (9, 11), (12, 9), (20, 20)"
  };

  @TempDir private Path folder;
  private Path rejects;

  @BeforeEach
  void nameTheRejectFolder() {
    rejects = folder.resolve("rejects");
  }

  @Test
  void failListsEveryOrphanOfEveryTableAndTouchesNothing() throws SQLException {
    Path file =
        make(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p(id))",
            "CREATE TABLE d(k TEXT PRIMARY KEY, pid INTEGER REFERENCES p) WITHOUT ROWID",
            "INSERT INTO c VALUES (2, 7), (3, NULL)",
            "INSERT INTO d VALUES ('x', 7)");

    BadRowsException refusal =
        catchThrowableOfType(BadRowsException.class, () -> carry(file, Orphans.FAIL));

    assertThat(refusal)
        .hasMessageContaining(
            "table c, row id=2, column pid: it refers to a row that is not there: c(pid) -> p")
        .hasMessageContaining(
            "table d, row k='x', column pid: it refers to a row that is not there: d(pid) -> p");
    assertThat(refusal.count()).isEqualTo(2);
    assertThat(refusal.rejects()).extracting("table").containsExactly("c", "d");
    assertThat(refusal.report().verified()).isFalse();
    assertThat(schemas()).containsExactly("public");
    assertThat(rejects).doesNotExist();
  }

  @Test
  void keepCarriesThemAndTheKeyHoldsForNewRowsOnly() throws SQLException {
    ImportReport report = carry(make(SIMPLE), Orphans.KEEP);

    assertThat(counts(report)).containsExactly("c 5=5+0", "p 2=2+0");
    assertThat(kinds(report)).containsExactly(Kind.FOREIGN_KEY_VALIDATION);
    assertThat(valid()).containsExactly("fk_c_pid|f");
    agrees(Orphans.KEEP, 7, 0);
  }

  @Test
  void rejectKeepsThemAsideAndTheKeyHolds() throws SQLException {
    ImportReport report = carry(make(SIMPLE), Orphans.REJECT);

    assertThat(counts(report)).containsExactly("c 5=3+2", "p 2=2+0");
    assertThat(query("SELECT id FROM c ORDER BY 1")).containsExactly("1", "3", "5");
    assertThat(valid()).containsExactly("fk_c_pid|t");
    assertThat(report.rejects()).extracting("key").containsExactly("id=2", "id=4");
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.kind()).isEqualTo(Kind.REJECT);
              assertThat(n.name()).isEqualTo("c(pid) -> p");
              assertThat(n.reason()).startsWith("2 rows refer to nothing");
            });
    agrees(Orphans.REJECT, 5, 2);
  }

  @Test
  void aReferenceThatARuleMakesNullIsNoOrphan() throws SQLException {
    make(
        "CREATE TABLE p(k TEXT PRIMARY KEY)",
        "CREATE TABLE c(id INTEGER PRIMARY KEY, p TEXT REFERENCES p(k))",
        "INSERT INTO p VALUES ('a')",
        "INSERT INTO c VALUES (1, 'a'), (2, ''), (3, 'nobody'), (4, NULL)");
    Rules rules =
        Rules.builder().rule("column c.p", Rule.builder().set("empty", "null").build()).build();
    for (Orphans policy : List.of(Orphans.REJECT, Orphans.NULL)) {
      ImportReport report = options(policy).replace(true).rules(rules).run();

      assertThat(report.verified()).isTrue();
      assertThat(query("SELECT id FROM c WHERE p IS NULL ORDER BY id"))
          .containsExactlyElementsOf(
              policy == Orphans.NULL ? List.of("2", "3", "4") : List.of("2", "4"));
      assertThat(report.notCarried()).hasSize(1);
      assertThat(report.notCarried().get(0).reason()).startsWith("1 rows refer");
    }
  }

  @Test
  void nullTakesTheReferenceAwayAndSaysSo() throws SQLException {
    ImportReport report = carry(make(SIMPLE), Orphans.NULL);

    assertThat(counts(report)).containsExactly("c 5=5+0", "p 2=2+0");
    assertThat(query("SELECT id, pid FROM c ORDER BY 1"))
        .containsExactly("1|1", "2|null", "3|null", "4|null", "5|2");
    assertThat(valid()).containsExactly("fk_c_pid|t");
    assertThat(report.notCarried())
        .containsExactly(
            new NotCarried(
                Kind.NULLED_REFERENCE,
                "c(pid) -> p",
                "2 rows referred to nothing; pid became NULL in them, such as id=2; id=4"));
    agrees(Orphans.NULL, 7, 0);
  }

  @Test
  void nullRefusesAKeyNoneOfWhoseColumnsCanBeNull() throws SQLException {
    Path file =
        make(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER NOT NULL REFERENCES p(id))",
            "CREATE TABLE k(pid INTEGER REFERENCES p(id), n INT, PRIMARY KEY(pid, n)) WITHOUT ROWID",
            "INSERT INTO c VALUES (1, 5)",
            "INSERT INTO k VALUES (6, 1)");

    BadRowsException refusal =
        catchThrowableOfType(BadRowsException.class, () -> carry(file, Orphans.NULL));

    assertThat(refusal)
        .hasMessageContaining(
            "row id=1, column pid: it refers to a row that is not there, and none of its columns can be null: c(pid) -> p")
        .hasMessageContaining("k(pid) -> p");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void ofACompositeKeyThoseColumnsBecomeNullThatCanBe() throws SQLException {
    ImportReport report =
        carry(
            make(
                "CREATE TABLE p(a INT, b TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID",
                "CREATE TABLE c(id INTEGER PRIMARY KEY, x INT NOT NULL, y TEXT, FOREIGN KEY(x, y) REFERENCES p)",
                "INSERT INTO p VALUES (1, 'a')",
                "INSERT INTO c VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, NULL)"),
            Orphans.NULL);

    assertThat(query("SELECT id, x, y FROM c ORDER BY 1"))
        .containsExactly("1|1|a", "2|1|null", "3|2|null");
    assertThat(valid()).containsExactly("fk_c_x_y|t");
    assertThat(kinds(report)).containsExactly(Kind.NULLED_REFERENCE);
    agrees(Orphans.NULL, 4, 0);
  }

  @Test
  void rejectingARowOfATreeRejectsWhatHangsOnIt() throws SQLException {
    ImportReport report = carry(make(SELF), Orphans.REJECT);

    assertThat(counts(report)).containsExactly("t 8=4+4");
    assertThat(query("SELECT id FROM t ORDER BY 1")).containsExactly("1", "2", "3", "20");
    assertThat(report.rejects())
        .extracting(r -> r.key() + " " + r.reason())
        .contains(
            "id=10 it refers to a row that is not there: t(up) -> t",
            "id=12 it refers to a row that is rejected: t(up) -> t");
    assertThat(valid()).containsExactly("fk_t_up|t");
    agrees(Orphans.REJECT, 4, 4);
  }

  @Test
  void nullingARowOfATreeKeepsWhatHangsOnIt() throws SQLException {
    carry(make(SELF), Orphans.NULL);

    assertThat(query("SELECT id, up FROM t WHERE id > 8 ORDER BY 1"))
        .containsExactly("9|11", "10|null", "11|10", "12|9", "20|20");
    agrees(Orphans.NULL, 8, 0);
  }

  @Test
  void aLongChainIsRejectedToItsEnd() throws SQLException {
    ImportReport report =
        carry(
            make(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, up INTEGER REFERENCES t(id))",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                    + " INSERT INTO t SELECT i, i + 1 FROM n"),
            Orphans.REJECT);

    assertThat(counts(report)).containsExactly("t 3000=0+3000");
    assertThat(report.rejects()).hasSize(100);
  }

  @Test
  void rejectingGoesRoundACircleOfTables() throws SQLException {
    ImportReport report =
        carry(
            make(
                "CREATE TABLE a(id INTEGER PRIMARY KEY, b INTEGER REFERENCES b(id))",
                "CREATE TABLE b(id INTEGER PRIMARY KEY, a INTEGER REFERENCES a(id) DEFERRABLE INITIALLY DEFERRED)",
                "INSERT INTO a VALUES (1, 1), (2, 2), (3, 3), (4, NULL)",
                "INSERT INTO b VALUES (1, 2), (2, 9), (3, 3), (4, 4)"),
            Orphans.REJECT);

    assertThat(counts(report)).containsExactly("a 4=2+2", "b 4=2+2");
    assertThat(query("SELECT id FROM a ORDER BY 1")).containsExactly("3", "4");
    assertThat(query("SELECT id FROM b ORDER BY 1")).containsExactly("3", "4");
    assertThat(valid()).containsExactly("fk_a_b|t", "fk_b_a|t");
    agrees(Orphans.REJECT, 4, 4);
  }

  @Test
  void nullGoesOnWhereTheNulledColumnIsItselfReferredTo() throws SQLException {
    carry(
        make(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER UNIQUE REFERENCES p(id))",
            "CREATE TABLE g(id INTEGER PRIMARY KEY, cp INTEGER REFERENCES c(pid))",
            "INSERT INTO p VALUES (1)",
            "INSERT INTO c VALUES (1, 1), (2, 7)",
            "INSERT INTO g VALUES (1, 1), (2, 7)"),
        Orphans.NULL);

    assertThat(query("SELECT id, pid FROM c ORDER BY 1")).containsExactly("1|1", "2|null");
    assertThat(query("SELECT id, cp FROM g ORDER BY 1")).containsExactly("1|1", "2|null");
    assertThat(valid()).containsExactly("fk_c_pid|t", "fk_g_cp|t");
    agrees(Orphans.NULL, 5, 0);
  }

  @Test
  void twoKeysThatShareAColumnLoseNoMoreThanOneOfThemNeeds() throws SQLException {
    carry(
        make(
            "CREATE TABLE p(a INT, b INT, PRIMARY KEY(a, b))",
            "CREATE TABLE q(a INT, c INT, PRIMARY KEY(a, c))",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b INT, c INT,"
                + " FOREIGN KEY(a, b) REFERENCES p, FOREIGN KEY(a, c) REFERENCES q)",
            "INSERT INTO t VALUES (1, 5, 6, 7)"),
        Orphans.NULL);

    assertThat(query("SELECT concat(a, '-', b, '-', c) FROM t"))
        .singleElement()
        .satisfies(row -> assertThat(row).isIn("--7", "-6-"));
    agrees(Orphans.NULL, 1, 0);
  }

  @Test
  void tablesWithoutRowidLoseTheirOrphansToo() throws SQLException {
    ImportReport report =
        carry(
            make(
                "CREATE TABLE p(k TEXT PRIMARY KEY) WITHOUT ROWID",
                "CREATE TABLE c(k TEXT, n INT, pk TEXT REFERENCES p, PRIMARY KEY(n, k)) WITHOUT ROWID",
                "CREATE TABLE g(rowid TEXT, oid TEXT, _rowid_ TEXT, ck TEXT, cn INT,"
                    + " FOREIGN KEY(cn, ck) REFERENCES c(n, k))",
                "INSERT INTO p VALUES ('a')",
                "INSERT INTO c VALUES ('x', 2, 'a'), ('y', 1, 'b'), ('z', 0, NULL)",
                "INSERT INTO g VALUES ('1', '1', '1', 'y', 1), ('1', '1', '1', 'y', 1), ('2', '2', '2', 'x', 2)"),
            Orphans.REJECT);

    assertThat(counts(report)).containsExactly("c 3=2+1", "g 3=1+2", "p 1=1+0");
    assertThat(query("SELECT rowid FROM g")).containsExactly("2");
    assertThat(valid()).containsExactly("fk_c_pk|t", "fk_g_cn_ck|t");
    agrees(Orphans.REJECT, 4, 3);
  }

  @Test
  void orphansAreThoseThatSqliteSees() throws SQLException {
    ImportReport report =
        carry(
            make(
                "CREATE TABLE Parent(Name TEXT COLLATE NOCASE PRIMARY KEY)",
                "CREATE TABLE child(id INTEGER PRIMARY KEY, p TEXT REFERENCES PARENT)",
                "CREATE TABLE typed(id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent(name))",
                "CREATE TABLE lost(id INTEGER PRIMARY KEY, x INTEGER REFERENCES nowhere(x))",
                "INSERT INTO parent VALUES ('abc'), ('1'), ('02')",
                "INSERT INTO child VALUES (1, 'ABC'), (2, 'abd'), (3, 'abc')",
                "INSERT INTO typed VALUES (1, 1), (2, 2)",
                "INSERT INTO lost VALUES (1, 1)"),
            Orphans.REJECT);

    assertThat(query("SELECT id FROM child ORDER BY 1")).containsExactly("1", "3");
    assertThat(query("SELECT id FROM typed ORDER BY 1")).containsExactly("1");
    assertThat(query("SELECT id FROM lost")).containsExactly("1");
    assertThat(report.rowsRejected()).isEqualTo(2);
    assertThat(report.verified()).isTrue();
    agrees(Orphans.REJECT, 7, 2);
  }

  @Test
  void twoHundredAndTwentySevenOrphansOfOneTableAreCountedAndKept() throws SQLException {
    Path file =
        make(
            "CREATE TABLE threads(_id INTEGER PRIMARY KEY, recipient TEXT)",
            "CREATE TABLE sms(_id INTEGER PRIMARY KEY, thread_id INTEGER REFERENCES threads(_id), body TEXT)",
            "CREATE INDEX sms_all ON sms(body, thread_id)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
                + " INSERT INTO threads SELECT i, '+49' || i FROM n",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                + " INSERT INTO sms SELECT i, CASE WHEN i % 22 = 1 AND i < 4977 THEN i + 50 ELSE 1 + i % 50 END,"
                + " 'text ' || (9999 - i) FROM n");

    ImportReport report = carry(file, Orphans.REJECT);

    assertThat(report.rowsRejected()).isEqualTo(227);
    assertThat(report.rowsRead()).isEqualTo(5050);
    assertThat(report.rowsVerified()).isEqualTo(5050 - 227);
    assertThat(report.rejects()).hasSize(100);
    assertThat(query("SELECT count(*), count(DISTINCT key) FROM " + schema(report) + ".rejects"))
        .containsExactly("227|227");
    agrees(Orphans.REJECT, 5050 - 227, 227);
  }

  private Path make(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private SqliteImport options(Orphans policy) {
    return SqliteImport.from(folder.resolve("source.db"))
        .into(database)
        .orphans(policy)
        .rejectFolder(rejects);
  }

  private ImportReport carry(Path file, Orphans policy) {
    ImportReport report = options(policy).run();
    assertThat(report.source()).isEqualTo(file.toString());
    assertThat(report.verified()).isTrue();
    assertThat(report.rowsRead()).isEqualTo(report.rowsVerified() + report.rowsRejected());
    return report;
  }

  /** A later comparison with the same options comes to the same. */
  private void agrees(Orphans policy, long rows, long rejected) {
    VerifyReport later = options(policy).verify();
    assertThat(later.differences()).isEmpty();
    assertThat(later.verified()).isTrue();
    assertThat(later.rows()).isEqualTo(rows);
    assertThat(later.rowsRejected()).isEqualTo(rejected);
  }

  private static String schema(ImportReport report) {
    return report.rejectPlace().schema();
  }

  private List<String> valid() throws SQLException {
    return query(
        "SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' ORDER BY conname");
  }

  private static List<Kind> kinds(ImportReport report) {
    return report.notCarried().stream().map(NotCarried::kind).toList();
  }

  private static List<String> counts(ImportReport report) {
    return report.tables().stream().map(OrphanPolicyTest::counts).toList();
  }

  private static String counts(TableReport table) {
    return table.name()
        + " "
        + table.rowsRead()
        + "="
        + table.rowsVerified()
        + "+"
        + table.rowsRejected();
  }
}

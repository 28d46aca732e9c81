package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.reject.RejectFileException;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import dev.outgrow.importer.report.VerifyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that cannot be carried: here, those larger than the import allows. */
class RejectTest extends PostgresFixture {
  private static final int LARGEST = 100_000;

  @TempDir private Path folder;
  private Path rejects;

  @BeforeEach
  void nameTheRejectFolder() {
    rejects = folder.resolve("rejects");
  }

  @Test
  void allBadRowsOfThreeTablesAreToldInOneRun() throws SQLException {
    Path file =
        make(
            "CREATE TABLE a(id INTEGER PRIMARY KEY, b BLOB)",
            "CREATE TABLE b(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID",
            "CREATE TABLE c(v)",
            "INSERT INTO a VALUES (1, x'00'), (2, zeroblob(100001)), (3, zeroblob(99999))",
            "INSERT INTO b VALUES ('big', hex(zeroblob(60000))), ('small', '')",
            "INSERT INTO c VALUES ('x'), (zeroblob(300000)), (zeroblob(300001))");

    BadRowsException refusal =
        catchThrowableOfType(BadRowsException.class, () -> options(file, BadRows.FAIL).run());

    assertThat(refusal)
        .hasMessageStartingWith("4 rows cannot be carried:")
        .hasMessageContaining("table a, row id=2: it has 100001 bytes of text and blobs")
        .hasMessageContaining("table b, row k='big': it has 120003 bytes")
        .hasMessageContaining("table c, row rowid=2: it has 300000 bytes")
        .hasMessageContaining("table c, row rowid=3: it has 300001 bytes");
    assertThat(refusal.report().tables())
        .extracting(t -> t.name() + " " + t.rowsRead() + " " + t.rowsRejected())
        .containsExactly("a 3 1", "b 2 1", "c 3 2");
    assertThat(ReportJson.of(refusal.report())).contains("\"rowsRejected\" : 4");
    assertThat(schemas()).containsExactly("public");
    assertThat(rejects).doesNotExist();
  }

  @Test
  void onlyAsManyAreListedAsTheCallerWantsAndAllAreCounted() throws SQLException {
    Path file = make("CREATE TABLE t(v)", many(12, "zeroblob(200000)"));

    BadRowsException refusal =
        catchThrowableOfType(
            BadRowsException.class, () -> options(file, BadRows.FAIL).listedRejects(5).run());
    ImportReport report = options(file, BadRows.REJECT).listedRejects(5).run();

    assertThat(refusal).hasMessageContaining("12 rows").hasMessageContaining("and 7 more");
    assertThat(refusal.rejects()).hasSize(5);
    assertThat(refusal.count()).isEqualTo(12);
    assertThat(report.rejects()).hasSize(5);
    assertThat(report.rowsRejected()).isEqualTo(12);
    assertThat(ReportText.of(report, List.of())).contains("Rejected (the first of 12):");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SqliteImport.from(file).listedRejects(0));
  }

  @Test
  void aBadRowDoesNotCostTheRestOfItsTable() throws SQLException, IOException {
    Path file =
        make(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, i, r, n, s TEXT, b BLOB)",
            many(30_000, "i, i / 7.0, NULL, 'text ' || i, x'00ff'").replace("(v)", ""),
            "INSERT INTO t VALUES (-5, 9223372036854775807, 0.1, NULL, 'ä' || char(10) || '\"', zeroblob(250000))",
            "INSERT INTO t VALUES (40000, -9e999, -0.0, NULL, CAST(x'ff00' AS TEXT), zeroblob(100000))");

    ImportReport report = options(file, BadRows.REJECT).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.tables())
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.rowsRead()).isEqualTo(30_002);
              assertThat(t.rowsVerified()).isEqualTo(30_000);
              assertThat(t.rowsRejected()).isEqualTo(2);
            });
    assertThat(query("SELECT count(*) FROM t")).containsExactly("30000");
    assertThat(report.notCarried()).extracting("kind").containsExactly(Kind.REJECT);
    assertThat(report.leftBehind(List.of())).hasSize(1);
    assertThat(report.leftBehind(List.of(Kind.REJECT))).isEmpty();
    assertThat(ReportText.of(report, List.of()).lines().toList())
        .endsWith("verified; 2 rejected rows stayed behind");
    String values =
        "[{'column':'id','storage':'integer','value':'-5'},{'column':'i','storage':'integer',"
            + "'value':'9223372036854775807'},{'column':'r','storage':'real','value':'0.1'},"
            + "{'column':'n','storage':'null','value':null},{'column':'s','storage':'text',"
            + "'value':'ä\\n\\\"'},{'column':'b','storage':'blob','hex':'"
            + "00".repeat(250_000)
            + "'}]";
    List<String> lines = Files.readAllLines(folderOf(report).resolve("t.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith("{\"table\":\"t\",\"key\":\"id=-5\",\"column\":\"\",\"reason\":\"it has 250")
        .endsWith("\"values\":" + values.replace('\'', '"') + "}");
    assertThat(lines.get(1))
        .contains(
            "\"value\":\"-inf\"", "\"value\":\"-0.0\"", "\"storage\":\"text\",\"hex\":\"ff00\"");
    assertThat(
            query(
                "SELECT id, source_table, key, column_name, reason LIKE 'it has 250_%', raw_values->1->>'value',"
                    + " length(raw_values->5->>'hex') FROM "
                    + report.rejectPlace().schema()
                    + ".rejects ORDER BY id LIMIT 1"))
        .containsExactly("1|t|id=-5||t|9223372036854775807|500000");
  }

  /** What is left out of the others is all there is left of these. */
  @Test
  void columnsThatARuleLeavesOutAreKeptOfRejectedRows() throws SQLException {
    Path file =
        make(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE t(secret TEXT, id INTEGER PRIMARY KEY, p INTEGER REFERENCES p(id), b BLOB)",
            "INSERT INTO t VALUES ('large', 1, NULL, zeroblob(200000)), ('orphan', 2, 7, x'01')");
    Rules rules =
        Rules.builder().rule("column t.secret", Rule.builder().set("skip", "yes").build()).build();

    ImportReport report = options(file, BadRows.REJECT).orphans(Orphans.REJECT).rules(rules).run();

    assertThat(report.rowsRejected()).isEqualTo(2);
    assertThat(
            query(
                "SELECT key, v->>'column', v->>'value' FROM "
                    + report.rejectPlace().schema()
                    + ".rejects, json_array_elements(raw_values::json) v"
                    + " WHERE v->>'column' <> 'b' ORDER BY key, 2"))
        .containsExactly(
            "id=1|id|1",
            "id=1|p|null",
            "id=1|secret|large",
            "id=2|id|2",
            "id=2|p|7",
            "id=2|secret|orphan");
  }

  @Test
  void theSameComparisonLaterAgrees() throws SQLException {
    Path file =
        make(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)",
            "INSERT INTO t VALUES (1, x'00'), (2, zeroblob(200000)), (3, x'01')");
    options(file, BadRows.REJECT).run();

    VerifyReport later = options(file, BadRows.REJECT).verify();

    assertThat(later.verified()).isTrue();
    assertThat(later.rows()).isEqualTo(2);
    assertThat(later.rowsRejected()).isEqualTo(1);
    assertThat(ReportText.of(later)).contains("2 rows compared, 1 rejected in");
    execute("UPDATE t SET b = 'x' WHERE id = 3");
    assertThat(options(file, BadRows.REJECT).verify().differences())
        .singleElement()
        .satisfies(d -> assertThat(d.key()).isEqualTo("id=3"));
    assertThatExceptionOfType(BadRowsException.class)
        .isThrownBy(() -> options(file, BadRows.FAIL).verify());
  }

  @Test
  void whatRefersToARejectedRowIsAnOrphan() throws SQLException {
    Path file =
        make(
            "CREATE TABLE p(id INTEGER PRIMARY KEY, b BLOB)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p(id))",
            "CREATE TABLE g(id INTEGER PRIMARY KEY, cid INTEGER REFERENCES c(id))",
            "INSERT INTO p VALUES (1, x''), (2, zeroblob(200000))",
            "INSERT INTO c VALUES (1, 1), (2, 2)",
            "INSERT INTO g VALUES (1, 1), (2, 2)");

    assertThatExceptionOfType(BadRowsException.class)
        .isThrownBy(() -> options(file, BadRows.REJECT).run())
        .withMessageContaining("table p, row id=2")
        .withMessageContaining("table c, row id=2, column pid");
    assertThat(schemas()).containsExactly("public");

    ImportReport kept = carry(file, Orphans.KEEP, "kept");
    assertThat(kept.rowsRejected()).isEqualTo(1);
    assertThat(kept.notCarried())
        .extracting(n -> n.kind() + " " + n.name())
        .contains("FOREIGN_KEY_VALIDATION c(pid) -> p");
    assertThat(query("SELECT pid FROM kept.c ORDER BY id")).containsExactly("1", "2");

    ImportReport nulled = carry(file, Orphans.NULL, "nulled");
    assertThat(nulled.rowsRejected()).isEqualTo(1);
    assertThat(query("SELECT pid FROM nulled.c ORDER BY id")).containsExactly("1", "null");

    ImportReport rejected = carry(file, Orphans.REJECT, "rejected");
    assertThat(rejected.rowsRejected()).isEqualTo(3);
    assertThat(query("SELECT id FROM rejected.g")).containsExactly("1");
    assertThat(
            query(
                "SELECT bool_and(convalidated) FROM pg_constraint WHERE contype = 'f'"
                    + " AND connamespace = 'rejected'::regnamespace"))
        .containsExactly("t");
  }

  @Test
  void filesNeverLeaveTheirFolderAndOnlyTheOwnerReadsThem() throws SQLException, IOException {
    List<String> names =
        List.of(
            "../../escape",
            "/etc/passwd",
            "a/b\\c",
            "CON",
            "nul",
            "com1",
            "Plays",
            "pLAYS\u00e9",
            "pLAYS\u00e8",
            "x".repeat(300),
            "..",
            ".",
            "",
            "*?<>|:",
            "tab\there",
            "\u202Eevil",
            "\u00fcn\u00efcode",
            "a.jsonl");
    List<String> statements = new ArrayList<>();
    for (String name : names) {
      statements.add("CREATE TABLE \"" + name + "\"(v)");
      statements.add("INSERT INTO \"" + name + "\" VALUES (zeroblob(100001))");
    }
    Path file = make(statements.toArray(String[]::new));

    ImportReport report = options(file, BadRows.REJECT).run();

    Path made = folderOf(report);
    assertThat(report.rowsRejected()).isEqualTo(names.size());
    assertThat(made.getParent()).isEqualTo(rejects);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).filter(f -> !f.equals(file)).toList())
          .hasSize(names.size())
          .allSatisfy(
              f -> {
                assertThat(f.getParent()).isEqualTo(made);
                assertThat(f.getFileName().toString())
                    .matches("[a-z0-9_]*(-[0-9a-f]{16})?\\.jsonl");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                    .isEqualTo("rw-------");
              });
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderThatCannotBeMadeEndsTheImportBeforeTheTargetIsTouched()
      throws SQLException, IOException {
    Path file = make("CREATE TABLE t(v)", many(1, "zeroblob(200000)"));
    Path taken = Files.writeString(folder.resolve("taken"), "a file");

    assertThatExceptionOfType(RejectFileException.class)
        .isThrownBy(() -> options(file, BadRows.REJECT).rejectFolder(taken.resolve("x")).run())
        .withMessageContaining("--reject-dir");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void aFailureAfterwardsLeavesNeitherSchemaNorFile() throws SQLException {
    Path file = make("CREATE TABLE t(v)", many(3, "zeroblob(200000)"), "INSERT INTO t VALUES (1)");
    List<String> seen = new ArrayList<>();
    SqliteImport broken =
        options(file, BadRows.REJECT)
            .onProgress(
                p -> {
                  if (p.phase() == Phase.VERIFY) {
                    seen.addAll(schemasNow());
                    throw new ConfigurationException("test", "x", "nothing");
                  }
                });

    assertThatExceptionOfType(OutgrowException.class).isThrownBy(broken::run);

    assertThat(seen).hasSize(3).anyMatch(s -> s.matches("outgrow_staging_.*_rejects"));
    assertThat(schemas()).containsExactly("public");
    assertThat(rejects).isEmptyDirectory();
  }

  @Test
  void whereNoRowIsBadNothingIsMadeForRejects() throws SQLException {
    Path file = make("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");

    ImportReport report = options(file, BadRows.REJECT).orphans(Orphans.REJECT).run();

    assertThat(report.rejectPlace().schema()).isEmpty();
    assertThat(schemas()).containsExactly("public");
    assertThat(rejects).doesNotExist();
  }

  @Test
  void thePlanShowsTheTablesForRejectedRows() throws SQLException {
    Path file =
        make(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p(id))",
            "INSERT INTO c VALUES (1, 1)");

    String rejecting = options(file, BadRows.FAIL).orphans(Orphans.REJECT).plan().text();
    String keeping = options(file, BadRows.FAIL).orphans(Orphans.KEEP).plan().text();

    assertThat(rejecting)
        .contains("-- Keep rejected rows", "raw_values jsonb", "RENAME TO \"outgrow_rejects_")
        .doesNotContain("NOT VALID");
    assertThat(keeping).contains("NOT VALID").doesNotContain("rejects");
  }

  @Test
  void textOfAnUtf16FileIsKeptReadable() throws SQLException, IOException {
    Path file =
        make(
            "PRAGMA encoding = 'UTF-16le'",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB)",
            "INSERT INTO t VALUES (1, 'käse', zeroblob(200000)), (2, replace(hex(zeroblob(60000)), '0', 'ß'), NULL)");

    ImportReport report = options(file, BadRows.REJECT).run();

    String lines = Files.readString(folderOf(report).resolve("t.jsonl"), StandardCharsets.UTF_8);
    assertThat(lines).contains("\"value\":\"käse\"", "\"value\":\"" + "ß".repeat(120_000) + "\"");
  }

  private Path make(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private static String many(int rows, String values) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        + rows
        + ") INSERT INTO t"
        + (values.contains(",") ? " SELECT i, " : "(v) SELECT ")
        + values
        + " FROM n";
  }

  private SqliteImport options(Path file, BadRows policy) {
    return SqliteImport.from(file)
        .into(database)
        .onBadRow(policy)
        .largestRow(LARGEST)
        .rejectFolder(rejects);
  }

  private ImportReport carry(Path file, Orphans orphans, String schema) {
    SqliteImport options = options(file, BadRows.REJECT).orphans(orphans).schema(schema);
    ImportReport report = options.run();
    assertThat(report.verified()).isTrue();
    VerifyReport later = options.verify();
    assertThat(later.verified()).isTrue();
    assertThat(later.rows() + later.rowsRejected()).isEqualTo(report.rowsRead());
    return report;
  }

  private static Path folderOf(ImportReport report) {
    return Path.of(report.rejectPlace().folder());
  }

  private List<String> schemasNow() {
    try {
      return schemas();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

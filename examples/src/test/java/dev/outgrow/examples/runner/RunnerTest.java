package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands as scripts and people meet them: exit codes, what is printed where, what is left.
 */
class RunnerTest extends RunnerFixture {
  @TempDir private Path folder;

  private Path chapters() throws SQLException {
    return sqlite(
        folder.resolve("chapters.db"),
        "CREATE TABLE chapter(id INTEGER PRIMARY KEY, title TEXT)",
        "INSERT INTO chapter VALUES (1, 'Начало'), (2, 'Middle'), (275, NULL)");
  }

  private static void assertOneClearLine(Outcome outcome, String... words) {
    assertThat(outcome.exitCode()).isIn(1, 2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err())
        .startsWith("outgrow: ")
        .contains(words)
        .doesNotContain("\tat ", "Exception", password());
  }

  @Test
  void importsVerifiesAndEndsWithTheVerdict() throws SQLException {
    String file = chapters().toString();

    Outcome imported = run("import", file, "--to", target());
    assertThat(imported.exitCode()).isZero();
    assertThat(imported.lastLine()).isEqualTo("verified");
    assertThat(imported.out())
        .contains("3 rows read = 3 verified + 0 rejected")
        .doesNotContain(password());

    Outcome verified = run("verify", file, "--to", target());
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.lastLine()).isEqualTo("verified");
  }

  @Test
  void aChangedValueEndsVerifyWithThreeAndIsNamed() throws SQLException {
    String file = chapters().toString();
    run("import", file, "--to", target());
    postgres("UPDATE chapter SET title = 'Muddle' WHERE id = 2");

    Outcome outcome = run("verify", file, "--to", target());
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).contains("Table chapter, row id=2 differs in title");
    assertThat(outcome.lastLine()).isEqualTo("NOT verified");
  }

  @Test
  void whatStaysBehindEndsWithFourUntilItIsAccepted() throws SQLException {
    String file =
        sqlite(chapters(), "CREATE VIEW titles AS SELECT soundex(title) FROM chapter").toString();

    Outcome unaccepted = run("import", file, "--to", target());
    assertThat(unaccepted.exitCode()).isEqualTo(4);
    assertThat(unaccepted.lastLine()).isEqualTo("verified; 1 thing stayed behind: 1 view");

    Outcome accepted =
        run("import", file, "--to", target(), "--schema", "again", "--accept", "trigger,view");
    assertThat(accepted.exitCode()).isZero();
    assertThat(accepted.lastLine()).isEqualTo("verified");
  }

  @Test
  void aPartOfTheFileIsEnoughWhereItIsAskedForButATrialMustBeAccepted() throws SQLException {
    String file = sqlite(chapters(), "CREATE TABLE draft(v)").toString();

    Outcome part = run("import", file, "--to", target(), "--exclude", "DR*");
    assertThat(part.exitCode()).isZero();
    assertThat(part.out()).contains("Left out:\n  table draft: as asked");
    assertThat(run("verify", file, "--to", target(), "--exclude", "dr*").exitCode()).isZero();

    Outcome trial = run("import", file, "--to", target(), "--schema", "trial", "--limit", "1");
    assertThat(trial.exitCode()).isEqualTo(4);
    assertThat(trial.lastLine())
        .startsWith("verified; a trial, NOT COMPLETE; ")
        .contains("1 limit");
    assertThat(run("plan", file, "--include", "draft").out())
        .contains("-- left out: table chapter, as asked")
        .doesNotContain("\"chapter\"");
  }

  @Test
  void aPatternThatMatchesNoTableIsWrongUsage() throws SQLException {
    Outcome outcome = run("inspect", chapters().toString(), "--include", "chaptre");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("include cannot be \"chaptre\"", "near it: chapter");
  }

  @Test
  void aDamagedFileIsRefusedByTableAndPageUntilItIsSalvaged() throws Exception {
    Path file =
        sqlite(
            folder.resolve("damaged.db"),
            "PRAGMA page_size = 512",
            "CREATE TABLE song(id INTEGER PRIMARY KEY, title TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                + " INSERT INTO song SELECT i, 'song ' || i FROM n");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 512, bytes.length, (byte) 'x');
    Files.write(file, bytes);
    String last = "page " + bytes.length / 512;

    assertOneClearLine(
        run("import", file.toString(), "--to", target()), "table song", last, "--salvage");
    Outcome salvaged = run("import", file.toString(), "--to", target(), "--salvage");
    assertThat(salvaged.exitCode()).isEqualTo(4);
    assertThat(salvaged.out()).contains("lost song: Lost: all rows of 1 page", last);
    assertThat(salvaged.lastLine()).isEqualTo("verified; 1 thing stayed behind: 1 lost");
    assertThat(run("verify", file.toString(), "--to", target(), "--salvage").exitCode()).isZero();
    assertThat(
            run(
                    "import",
                    file.toString(),
                    "--to",
                    target(),
                    "--schema",
                    "b",
                    "--salvage",
                    "--accept",
                    "lost")
                .exitCode())
        .isZero();
  }

  @Test
  void aTargetThatHoldsSomethingIsRefusedUntilItMayBeReplaced() throws SQLException {
    postgres("CREATE TABLE precious(v text)");
    String file = chapters().toString();

    assertOneClearLine(run("import", file, "--to", target()), "precious", "--replace");
    Outcome replaced = run("import", file, "--to", target(), "--replace");
    assertThat(replaced.exitCode()).isZero();
    assertThat(replaced.out())
        .containsPattern("kept in schema public_before_\\d{8}_\\d{6}_[0-9a-f]{6}");
  }

  @Test
  void theReportCanBeAPageOfItsOwn() throws SQLException, IOException {
    Path report = folder.resolve("r.html");

    run("import", chapters().toString(), "--to", target(), "--report", report.toString());

    assertThat(Files.readString(report))
        .startsWith("<!DOCTYPE html>")
        .contains("Time line", "chapters", "swap", "default-src &#39;none&#39;")
        .doesNotContain(password(), "<script");
  }

  @Test
  void theReportHasTheFieldsOfTheContract() throws SQLException, IOException {
    Path report = folder.resolve("r.json");
    Outcome outcome =
        run(
            "import",
            chapters().toString(),
            "--to",
            target(),
            "--report",
            report.toString(),
            "--json");

    String written = Files.readString(report);
    assertThat(outcome.out()).isEqualTo(written);
    assertThat(written).doesNotContain(password());
    assertThat(fields(written))
        .contains(
            "source",
            "target",
            "tables",
            "tables.name",
            "tables.rowsRead",
            "tables.rowsVerified",
            "tables.rowsRejected",
            "tables.bytes",
            "tables.millis",
            "tables.checksum",
            "tables.verified",
            "notCarried",
            "renamed",
            "changedTypes",
            "rejects",
            "totals",
            "totals.rowsRead",
            "totals.rowsVerified",
            "totals.rowsRejected",
            "totals.millis",
            "verified");
  }

  private static Set<String> fields(String json) throws IOException {
    Set<String> names = new TreeSet<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentName() != null) {
          names.add(
              parser
                  .getParsingContext()
                  .pathAsPointer()
                  .toString()
                  .replaceAll("/\\d+", "")
                  .substring(1)
                  .replace('/', '.'));
        }
      }
    }
    return names;
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeAnythingIsDone() throws SQLException {
    String file = chapters().toString();
    assertOneClearLine(
        run("import", file, "--to", target(), "--report", folder + "/none/r.json"), "--report");
    assertOneClearLine(
        run("import", file, "--to", target(), "--report", folder + "/r.pdf"),
        ".json, .html or .txt");
    assertThat(run("import", file, "--to", target()).exitCode()).isZero();
  }

  @Test
  void filesThatAreNoDatabaseGetOneClearLine() throws IOException {
    Path text =
        Files.writeString(
            folder.resolve("notes.txt"), "These are notes, and no database at all.\n".repeat(50));
    Path empty = Files.createFile(folder.resolve("empty.db"));

    assertOneClearLine(run("import", text.toString(), "--to", target()), "not a SQLite database");
    assertOneClearLine(run("import", folder + "/missing.db", "--to", target()), "does not exist");
    assertOneClearLine(run("import", folder.toString(), "--to", target()), "is a directory");
    assertOneClearLine(run("import", empty.toString(), "--to", target()), "0 bytes");
    assertOneClearLine(run("import", text.toString()), "not a SQLite database");
    assertOneClearLine(run("inspect", text.toString()), "not a SQLite database");
    assertOneClearLine(run("plan", folder.toString()), "is a directory");
    assertOneClearLine(run("verify", empty.toString(), "--to", target()), "0 bytes");
  }

  @Test
  void databasesThatCannotBeReachedGetOneClearLine() throws SQLException, IOException {
    String file = chapters().toString();
    String wrong = target().replace(password(), "Wr0ng-s3cret");

    Outcome refused = run("import", file, "--to", wrong);
    assertOneClearLine(refused, "postgres");
    assertThat(refused.err()).doesNotContain("Wr0ng-s3cret");
    assertOneClearLine(
        run("import", file, "--to", "postgresql://u:Hidden-1@127.0.0.1:" + closedPort() + "/d"),
        "127.0.0.1");
    assertOneClearLine(
        run("import", file, "--to", "postgresql://u:Hidden-1@no.such.host.invalid/d"),
        "no.such.host");
    assertOneClearLine(run("import", file, "--to", target() + "_missing"), "_missing");
    assertOneClearLine(run("import", file, "--to", "mysql://u:Hidden-1@h/d"), "mysql");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void wrongUsageEndsWithTwo() throws SQLException {
    String file = chapters().toString();
    assertThat(run("import").exitCode()).isEqualTo(2);
    assertThat(run("imprt", file).exitCode()).isEqualTo(2);
    assertThat(run("import", file, "--nonsense").exitCode()).isEqualTo(2);
    assertThat(run("import", file, "--accept", "nonsense").err())
        .contains("foreign-key-validation");
    assertThat(run("import", file, "--orphans", "drop").err()).contains("fail, reject, null, keep");
    assertThat(run("import", file, "--on-bad-row", "drop").err()).contains("fail, reject");
    Outcome targetless = run("verify", file);
    assertThat(targetless.exitCode()).isEqualTo(2);
    assertThat(targetless.err()).contains("--to URL", "DATABASE_URL");
  }

  @Test
  void theTargetMayComeFromTheEnvironment() throws SQLException {
    Outcome outcome = runWith(Map.of("DATABASE_URL", target()), "import", chapters().toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).doesNotContain("embedded");
  }

  @Test
  void withoutATargetAnEmbeddedServerIsUsed() throws SQLException {
    Outcome outcome = run("import", chapters().toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .containsPattern(
            "embedded PostgreSQL at postgresql://postgres:\\*\\*\\*@127\\.0\\.0\\.1:\\d+/");
  }

  @Test
  void aPlanShowsEveryStepAndExecutesNothing() throws SQLException {
    Outcome outcome = run("plan", chapters().toString(), "--to", target());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("-- == prepare ==", "CREATE TABLE", "COPY ", "SET SCHEMA \"public\";")
        .contains("setval(pg_get_serial_sequence(", ", 275);");
    assertThat(run("import", chapters2().toString(), "--to", target()).exitCode()).isZero();
  }

  private Path chapters2() throws SQLException {
    return sqlite(folder.resolve("two.db"), "CREATE TABLE chapter(id INTEGER PRIMARY KEY)");
  }

  @Test
  void inspectShowsWhatColumnsReallyHold() throws SQLException {
    Path file =
        sqlite(
            folder.resolve("mixed.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)",
            "INSERT INTO t VALUES (1, 5), (2, 'x'), (3, 1.5)");
    Outcome outcome = run("inspect", file.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("1 integer (first at id=1), 1 real (first at id=3), 1 text (first at id=2)")
        .contains("t.n INTEGER became text");
    assertThat(run("inspect", file.toString(), "--json").out()).contains("\"becomes\" : \"text\"");
  }

  @Test
  void theDemonstrationEndsVerified() {
    Outcome outcome = demonstration();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).contains("verified");
    assertThat(outcome.lastLine()).startsWith("verified: ");
    assertThat(outcome.out())
        .contains("Who watched longest", "became text", "foreign-key-validation");
  }

  private static Outcome demonstration() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8), System.err, Map.of(), false);
    ExitCode code = new Demonstration(console, 2_000).run();
    return new Outcome(code.number(), out.toString(StandardCharsets.UTF_8), "");
  }

  @Test
  void helpNamesTheCommandsAndExitCodes() {
    Outcome outcome = run("--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("inspect", "plan", "import", "verify", "Exit codes:");
    assertThat(run("import", "--help").out())
        .contains(
            "--replace",
            "--on-bad-row",
            "--orphans",
            "--reject-dir",
            "foreign-key-validation",
            "nulled-reference",
            "DATABASE_URL");
  }

  @Test
  void loadsIntoTheApplicationsOwnTables() throws SQLException {
    String file = chapters().toString();
    postgres(
        "CREATE TABLE \"Chapter\" (id integer GENERATED ALWAYS AS IDENTITY, title varchar(20))");

    Outcome planned = run("plan", file, "--to", target(), "--into-existing", "--json");
    assertThat(planned.out())
        .contains("\"findings\"", "INSERT INTO \\\"public\\\".\\\"Chapter\\\"");
    Outcome imported = run("import", file, "--to", target(), "--into-existing");
    assertThat(imported.exitCode()).isZero();
    assertThat(imported.out())
        .contains("into the tables that were there", "table chapter is now Chapter");
    assertThat(imported.lastLine()).isEqualTo("verified");
    assertThat(run("verify", file, "--to", target(), "--into-existing").exitCode()).isZero();

    postgres("UPDATE \"Chapter\" SET title = 'Muddle' WHERE id = 2");
    Outcome changed = run("verify", file, "--to", target(), "--into-existing");
    assertThat(changed.exitCode()).isEqualTo(3);
    assertThat(changed.out()).contains("Table chapter, row id=2 differs in title");
    assertOneClearLine(
        run("import", file, "--to", target(), "--into-existing"),
        "rows held Chapter: it holds 3 rows",
        "--replace");
    assertThat(run("import", file, "--to", target(), "--into-existing", "--replace").exitCode())
        .isZero();
  }

  @Test
  void whatDoesNotFitTheApplicationsTablesIsListedByPlanAndInspect() throws SQLException {
    String file = chapters().toString();
    postgres("CREATE TABLE chapter (id smallint, title varchar(5), added date NOT NULL)");

    Outcome planned = run("plan", file, "--to", target(), "--into-existing");
    assertThat(planned.exitCode()).isZero();
    assertThat(planned.out())
        .contains(
            "-- REFUSED: narrower column chapter.title: 2 values are not text that is valid and short enough (first at"
                + " id=1)",
            "-- REFUSED: extra column chapter.added");
    Outcome inspected = run("inspect", file, "--to", target(), "--into-existing");
    assertThat(inspected.out()).contains("character varying(5)", "Refused:", "chapter.added");
    assertOneClearLine(run("import", file, "--to", target(), "--into-existing"), "chapter.added");
    assertOneClearLine(run("plan", file, "--into-existing"), "--to URL");
    assertOneClearLine(run("inspect", file, "--into-existing"), "--to URL");
    assertOneClearLine(run("import", file, "--into-existing"), "--to URL");
  }
}

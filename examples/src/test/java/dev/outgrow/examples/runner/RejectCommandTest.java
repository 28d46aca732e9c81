package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies for rows that cannot be carried, as scripts and people meet them. */
class RejectCommandTest extends RunnerFixture {
  @TempDir private Path folder;
  private String file = "";

  @BeforeEach
  void makeAFileWithAnOrphan() throws SQLException {
    file =
        sqlite(
                folder.resolve("orphans.db"),
                "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
                "CREATE TABLE child(id INTEGER PRIMARY KEY, pid INTEGER REFERENCES parent(id))",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1, 1), (2, 7), (3, NULL)")
            .toString();
  }

  @Test
  void refusedRowsEndWithOneAreListedAndReported() throws IOException {
    Path json = folder.resolve("report.json");

    Outcome outcome = run("import", file, "--to", target(), "--report", json.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "outgrow: 1 row cannot be carried:",
            " table child, row id=2, column pid: it refers to a row that is not there: child(pid) -> parent",
            "--orphans reject, null or keep");
    assertThat(outcome.out()).isEmpty();
    assertThat(Files.readString(json))
        .contains("\"key\" : \"id=2\"", "\"rowsRejected\" : 1", "\"verified\" : false");
  }

  @Test
  void rejectedRowsEndWithFourUntilTheyAreAccepted() throws IOException {
    Path reports = Files.createDirectory(folder.resolve("reports"));
    String text = reports.resolve("report.txt").toString();

    Outcome rejected =
        run("import", file, "--to", target(), "--orphans", "reject", "--report", text);
    Outcome verified = run("verify", file, "--to", target(), "--orphans", "reject");
    Outcome otherwise = run("verify", file, "--to", target());
    Outcome accepted =
        run(
            "import",
            file,
            "--to",
            target(),
            "--orphans",
            "reject",
            "--replace",
            "--accept",
            "reject",
            "--reject-dir",
            folder.resolve("aside").toString());

    assertThat(rejected.exitCode()).isEqualTo(4);
    assertThat(rejected.lastLine()).isEqualTo("verified; 1 rejected row stayed behind");
    assertThat(rejected.out()).contains("4 rows read = 3 verified + 1 rejected");
    assertThat(kept(reports)).containsExactly("child.jsonl");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.out()).contains("3 rows compared, 1 rejected");
    assertThat(otherwise.exitCode()).isEqualTo(3);
    assertThat(accepted.exitCode()).isZero();
    assertThat(accepted.lastLine()).isEqualTo("verified");
    assertThat(kept(folder.resolve("aside"))).containsExactly("child.jsonl");
  }

  @Test
  void referencesThatBecameNullEndWithFourUntilTheyAreAccepted() {
    Outcome nulled = run("import", file, "--to", target(), "--orphans", "null");
    Outcome verified = run("verify", file, "--to", target(), "--orphans", "null");
    Outcome accepted =
        run(
            "import",
            file,
            "--to",
            target(),
            "--orphans",
            "null",
            "--replace",
            "--accept",
            "nulled-reference");

    assertThat(nulled.exitCode()).isEqualTo(4);
    assertThat(nulled.lastLine()).isEqualTo("verified; 1 thing stayed behind: 1 nulled-reference");
    assertThat(nulled.out())
        .contains(
            "nulled-reference child(pid) -> parent: 1 rows referred to nothing; pid became NULL in them, such as id=2");
    assertThat(verified.exitCode()).isZero();
    assertThat(accepted.exitCode()).isZero();
  }

  @Test
  void tablesThatAreThereTakeTheRowsThatFit() throws IOException {
    postgres(
        "CREATE TABLE parent (id integer PRIMARY KEY)",
        "CREATE TABLE child (id smallint PRIMARY KEY, pid integer NOT NULL REFERENCES parent)");
    String aside = folder.resolve("aside").toString();
    String[] loading = {"--to", target(), "--into-existing"};
    String[] rejecting = {
      "--to", target(), "--into-existing", "--on-bad-row", "reject", "--orphans", "reject"
    };

    Outcome refused = run(command("import", loading));
    Outcome rejected = run(command("import", rejecting, "--reject-dir", aside));
    Outcome verified = run(command("verify", rejecting));
    Outcome accepted =
        run(command("import", rejecting, "--reject-dir", aside, "--replace", "--accept", "reject"));
    postgres("DELETE FROM child");
    Outcome changed = run(command("verify", rejecting));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "outgrow: 2 rows cannot be carried:",
            " table child, row id=2, column pid: it refers to a row that is not there: child(pid) -> parent",
            " table child, row id=3, column pid: it is null, which the column refuses");
    assertThat(rejected.exitCode()).isEqualTo(4);
    assertThat(rejected.out()).contains("4 rows read = 2 verified + 2 rejected");
    assertThat(rejected.lastLine()).isEqualTo("verified; 2 rejected rows stayed behind");
    assertThat(kept(folder.resolve("aside"))).containsExactly("child.jsonl", "child.jsonl");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.out()).contains("2 rows compared, 2 rejected");
    assertThat(accepted.exitCode()).isZero();
    assertThat(changed.exitCode()).isEqualTo(3);
  }

  private String[] command(String name, String[] options, String... more) {
    return Stream.of(new String[] {name, file}, options, more)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  private static List<String> kept(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".jsonl"))
          .sorted()
          .toList();
    }
  }
}

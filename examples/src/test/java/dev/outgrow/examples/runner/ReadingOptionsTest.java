package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a file is read, and over how many connections it is loaded, can be chosen. */
class ReadingOptionsTest extends RunnerFixture {
  @TempDir private Path folder;

  @Test
  void theRowsAreTheSameWhoeverReadsAndHoweverManyLoad() throws SQLException {
    String file =
        sqlite(
                folder.resolve("app.db"),
                "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT)",
                "INSERT INTO item VALUES (1, 'one'), (2, NULL)")
            .toString();

    Outcome alone = run("import", file, "--to", target(), "--sqlite-library", "--streams", "2");
    Outcome verified = run("verify", file, "--to", target(), "--streams", "3");

    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    assertThat(alone.out()).contains("2 rows read", "verified");
  }

  @Test
  void aNumberOfConnectionsThatCannotBeIsRefused() throws SQLException {
    String file = sqlite(folder.resolve("app.db"), "CREATE TABLE item(id INTEGER)").toString();

    Outcome refused = run("import", file, "--to", target(), "--streams", "17");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("streams", "1 to 16");
  }

  @Test
  void thePlanSaysWhatIsDoneToBeFaster() throws SQLException {
    String file =
        sqlite(folder.resolve("app.db"), "CREATE TABLE item(id INTEGER PRIMARY KEY)").toString();

    String all = run("plan", file).out();
    Outcome none =
        run("plan", file, "--without", "late_disk,together,PLAIN_BLOBS", "--sort-memory", "0");

    assertThat(all).contains("-- == tactics ==", "SET synchronous_commit = off;");
    assertThat(none.exitCode()).as(none.err()).isZero();
    assertThat(none.out())
        .contains(
            "-- disk: each commit waits for the disk; because the option says so",
            "-- small tables: one statement after the other; because the option says so",
            "-- blobs: the server tries to compress each; because the option says so",
            "-- sort memory: the server's own setting; because the option says so")
        .doesNotContain("synchronous_commit");
    assertThat(run("plan", file, "--json").out()).contains("\"tactics\"", "\"sort memory\"");
  }

  @Test
  void whatIsNoTacticIsRefused() throws SQLException {
    String file = sqlite(folder.resolve("app.db"), "CREATE TABLE item(id INTEGER)").toString();

    assertThat(run("plan", file, "--without", "luck").exitCode()).isEqualTo(2);
    Outcome memory = run("import", file, "--to", target(), "--sort-memory", "-1");
    assertThat(memory.exitCode()).isEqualTo(2);
    assertThat(memory.err()).contains("sortMemory");
  }
}

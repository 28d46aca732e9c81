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
    Outcome verified = run("verify", file, "--to", target());

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
}

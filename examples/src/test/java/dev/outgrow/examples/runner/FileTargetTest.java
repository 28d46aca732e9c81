package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file as the target of a command. */
class FileTargetTest extends RunnerFixture {
  @TempDir private Path folder;

  private String file;
  private String to;

  @BeforeEach
  void makeAFile() throws Exception {
    file =
        sqlite(
                folder.resolve("app.db"),
                "CREATE TABLE plays (id INTEGER PRIMARY KEY, title TEXT)",
                "INSERT INTO plays VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE tags (play REFERENCES plays(id))")
            .toString();
    to = "sqlite:///" + folder.resolve("copy.db");
  }

  @Test
  void aFileIsImportedAndVerified() throws Exception {
    Outcome imported = run("import", file, "--to", to);
    assertThat(imported.exitCode()).isZero();
    assertThat(imported.out()).contains("plays", "copy.db");
    assertThat(run("verify", file, "--to", to).exitCode()).isZero();

    sqlite(folder.resolve("copy.db"), "UPDATE plays SET title = 'three' WHERE id = 2");

    Outcome different = run("verify", file, "--to", to);
    assertThat(different.exitCode()).isEqualTo(3);
    assertThat(different.out())
        .contains("row rowid=2 differs in title: 'two' in the source, 'three' in the target");
  }

  @Test
  void whatTheFileHoldsIsReplacedOnlyIfThatIsAllowed() throws Exception {
    assertThat(run("import", file, "--to", to).exitCode()).isZero();

    Outcome refused = run("import", file, "--to", to);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("is not empty: it holds plays, tags", "--replace");
    Outcome replaced = run("import", file, "--to", to, "--replace");
    assertThat(replaced.exitCode()).isZero();
    assertThat(replaced.out()).contains("copy.db.before_");
  }

  @Test
  void whatSaysNothingOfAFileIsWrongUsage() throws Exception {
    Outcome outcome = run("import", file, "--to", to, "--on-bad-row", "reject");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("onBadRow", "import into a SQLite file");
  }

  @Test
  void aCommandThatWritesNothingMakesNoFile() throws Exception {
    Outcome outcome = run("verify", file, "--to", to);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("There is no file");
    assertThat(run("plan", file, "--to", to).exitCode()).isEqualTo(2);
    assertThat(Files.exists(folder.resolve("copy.db"))).isFalse();
  }

  @Test
  void thePlanIsPrinted() throws Exception {
    sqlite(folder.resolve("copy.db"), "CREATE TABLE x(a)");

    assertThat(run("plan", file, "--to", to).out())
        .contains("BEGIN IMMEDIATE;", "CREATE TABLE plays (id INTEGER PRIMARY KEY, title TEXT);");
  }
}

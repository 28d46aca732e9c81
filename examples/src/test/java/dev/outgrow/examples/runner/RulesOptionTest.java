package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules from a file, as a user goes from one command to the next. */
class RulesOptionTest extends RunnerFixture {
  @TempDir private Path folder;

  private String file;

  @BeforeEach
  void makeAFile() throws Exception {
    file =
        sqlite(
                folder.resolve("app.db"),
                "CREATE TABLE plays (id INTEGER PRIMARY KEY, started INTEGER, size INTEGER)",
                "INSERT INTO plays VALUES (1, 1700000000, 1700000000)")
            .toString();
  }

  @Test
  void whatInspectProposesCanBePastedAndImportedAndVerified() throws Exception {
    String out = run("inspect", file).out();
    String proposed = out.substring(out.indexOf("\n# 2023-11-14T22:13:20Z to"));
    String rules = write(proposed.substring(0, proposed.indexOf("\n\n")));

    assertThat(run("plan", file, "--rules", rules).out())
        .contains(
            "-- plays.started INTEGER becomes timestamp with time zone: rule [column plays.started] of");
    assertThat(run("import", file, "--to", target(), "--rules", rules).exitCode()).isZero();
    assertThat(run("verify", file, "--to", target(), "--rules", rules).exitCode()).isZero();
    Outcome without = run("verify", file, "--to", target());
    assertThat(without.exitCode()).isEqualTo(3);
    assertThat(without.out()).contains("other columns in PostgreSQL in started");
    assertThat(run("inspect", file, "--rules", rules).out())
        .contains("timestamp with time zone")
        .doesNotContain("may be moments");
  }

  @Test
  void aRuleThatIsForNothingIsWrongUsage() throws Exception {
    Outcome outcome =
        run(
            "import",
            file,
            "--to",
            target(),
            "--rules",
            write("[column plays.startd]\nskip = yes\n"));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("line 1", "did you mean [column plays.started]?");
  }

  @Test
  void aFileOfRulesThatIsWrongIsNamedWithItsLine() throws Exception {
    Outcome outcome =
        run("inspect", file, "--rules", write("[column plays.started]\nread = epoch\n"));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("rules.ini, line 2", "epoch-seconds");
  }

  private String write(String rules) throws Exception {
    return Files.writeString(folder.resolve("rules.ini"), rules).toString();
  }
}

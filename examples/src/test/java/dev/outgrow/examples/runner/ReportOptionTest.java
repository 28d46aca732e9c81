package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Where a report goes. */
class ReportOptionTest extends RunnerFixture {
  @TempDir private Path folder;

  @Test
  void whyAFileCannotBeWrittenIsNotLost() {
    ReportOption option = new ReportOption();
    new CommandLine(new Holder(option)).parseArgs("--report", folder + "/none/r.json");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(option::refuseUnwritable)
        .withMessageContaining("a folder that exists and can be written to")
        .withCauseInstanceOf(NoSuchFileException.class);
  }

  /** A full disk shows only when something is written: it takes the file, and then no byte. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsDoneIsToldAsDoneWhenItsReportCannotBeWritten() throws Exception {
    Path full = Files.createSymbolicLink(folder.resolve("r.json"), Path.of("/dev/full"));
    Path file = sqlite(folder.resolve("a.db"), "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    Outcome done = run("import", file.toString(), "--to", target(), "--report", full.toString());

    assertThat(done.exitCode()).isZero();
    assertThat(done.err())
        .contains("The import is done, every row of it.", full + ": ", "on standard output");
    assertThat(done.out()).contains("t").contains("1");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whyAnImportFailedIsNotHiddenByAReportThatCannotBeWritten() throws Exception {
    Path full = Files.createSymbolicLink(folder.resolve("r.json"), Path.of("/dev/full"));
    Path file =
        sqlite(
            folder.resolve("a.db"),
            "CREATE TABLE p (id INTEGER PRIMARY KEY)",
            "CREATE TABLE c (p INTEGER REFERENCES p (id))",
            "INSERT INTO c VALUES (7)");
    Outcome failed = run("import", file.toString(), "--to", target(), "--report", full.toString());

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("could not be written to " + full, "cannot be carried");
  }

  @Test
  void anImportThatDoesNotBeginLeavesNoReport() throws Exception {
    Path fresh = folder.resolve("fresh.json");
    Path former = Files.writeString(folder.resolve("former.json"), "{}");
    for (Path report : List.of(fresh, former)) {
      Outcome failed =
          run("import", folder + "/none.db", "--to", target(), "--report", report.toString());
      assertThat(failed.exitCode()).isEqualTo(1);
    }

    assertThat(fresh).doesNotExist();
    assertThat(former).hasContent("{}");
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin ReportOption option) {}
}

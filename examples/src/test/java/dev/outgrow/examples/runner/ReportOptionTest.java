package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Where a report goes. */
class ReportOptionTest {
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

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin ReportOption option) {}
}

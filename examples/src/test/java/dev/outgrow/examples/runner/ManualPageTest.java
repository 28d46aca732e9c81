package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ManualPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/outgrow.1");

  /** If this fails: {@code examples/outgrow manual >docs/outgrow.1}. */
  @Test
  void thePageInTheGuidesIsWhatTheCodePrints() throws Exception {
    String page = RunnerFixture.run("manual").out();

    if (Boolean.getBoolean("outgrow.generate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void everyOptionIsInIt() {
    String page = RunnerFixture.run("manual").out();

    for (CommandLine command : HelpTest.commands()) {
      assertThat(command.getCommandSpec().options())
          .filteredOn(option -> !option.usageHelp())
          .allSatisfy(
              option -> assertThat(page).contains(option.longestName().replace("-", "\\-")));
    }
  }

  @Test
  void theProgramBehindManHasNothingToWarnOf() throws Exception {
    Path groff = Path.of("/usr/bin/groff");
    assumeTrue(Files.isExecutable(groff), "there is no groff here");

    Process process =
        new ProcessBuilder(groff.toString(), "-man", "-ww", "-Tutf8", PAGE.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String warnings = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(warnings).isEmpty();
  }
}

package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.UnchangedCodegen.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures what it says; its bounds are asked only where nobody waits. */
class UnchangedCodegenTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");

  @TempDir private Path folder;

  @Test
  void whatIsUnchangedCostsLittle() throws IOException {
    UnchangedCodegen prepared = UnchangedCodegen.prepare(folder, EXHAUSTIVE ? 30 : 3);
    Result result = prepared.measure(EXHAUSTIVE ? 51 : 3, EXHAUSTIVE ? 7 : 1);

    assertThat(result.warmMillis()).isPositive();
    assertThat(result.firstMillis()).isPositive();
    // A figure of a JVM that is not warm yet would only mislead.
    if (EXHAUSTIVE) {
      result.print(System.out);
      assertThat(result.warmMillis()).isLessThan(50);
    }
  }
}

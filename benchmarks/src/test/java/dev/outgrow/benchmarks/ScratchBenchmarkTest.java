package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.ScratchBenchmark.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The measurement measures what it says; its bounds are asked only where nobody waits. */
@Tag("slow")
class ScratchBenchmarkTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");

  @Test
  void aFreshMigratedDatabaseIsThereAtOnce() throws Exception {
    try (ScratchBenchmark benchmark =
        new ScratchBenchmark(EXHAUSTIVE ? 400 : 8, EXHAUSTIVE ? 5 : 1)) {
      Result result = benchmark.measure("outgrow");

      assertThat(result.one()).isPositive();
      assertThat(result.tests()).isPositive();
      assertThat(result.four()).isPositive();
      assertThat(result.cpu()).isPositive();
      assertThat(result.kept()).isLessThan(result.first());
      if (EXHAUSTIVE) {
        result.print(System.out);
        assertThat(result.one()).isLessThan(10);
        assertThat(result.first()).isLessThan(2500);
        assertThat(result.kept()).isLessThan(500);
      }
    }
  }
}

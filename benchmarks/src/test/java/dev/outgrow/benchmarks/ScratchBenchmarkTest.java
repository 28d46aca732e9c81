package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.ScratchBenchmark.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The measurement measures what it says; how long it takes is for the benchmark alone to say. */
@Tag("slow")
class ScratchBenchmarkTest {
  @Test
  void aFreshMigratedDatabaseIsMeasured() throws Exception {
    try (ScratchBenchmark benchmark = new ScratchBenchmark(8, 1)) {
      Result result = benchmark.measure("outgrow");

      assertThat(result.databases()).isEqualTo(8);
      assertThat(result.first()).isPositive();
      assertThat(result.kept()).isPositive();
      assertThat(result.one()).isPositive();
      assertThat(result.tests()).isPositive();
      assertThat(result.four()).isPositive();
      assertThat(result.cpu()).isPositive();
    }
  }
}

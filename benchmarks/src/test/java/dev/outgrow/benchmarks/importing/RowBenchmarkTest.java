package dev.outgrow.benchmarks.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBenchmarkTest {
  private static final long ROWS = 20_000;

  /** Each measurement itself asserts that it has met all rows. */
  @ParameterizedTest
  @ValueSource(strings = {"narrow", "wide"})
  void measuresTheRowsOfBothDatasets(String dataset) throws Exception {
    RowBenchmark benchmark = new RowBenchmark();
    benchmark.dataset = dataset;
    benchmark.open();
    try {
      assertThat(benchmark.pages()).isEqualTo(ROWS);
      assertThat(benchmark.library()).isEqualTo(ROWS);
      assertThat(benchmark.encoded()).isEqualTo(ROWS);
      assertThat(benchmark.surveyed()).isEqualTo(ROWS);
      assertThat(benchmark.hashed()).isNotNull();
      assertThat(benchmark.carried()).isNotNull();
    } finally {
      benchmark.close();
    }
  }
}

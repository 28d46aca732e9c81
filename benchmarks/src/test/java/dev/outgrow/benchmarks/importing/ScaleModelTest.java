package dev.outgrow.benchmarks.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.benchmarks.importing.ScaleModel.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScaleModelTest {
  private static final Site HERE = ScaleModel.SITES.get(0);

  @Test
  void isTheTableOfThePaper() throws Exception {
    Path paper = Path.of(System.getProperty("outgrow.root")).resolve("docs/scale.md");

    assertThat(Files.readString(paper)).contains(ScaleModel.table());
  }

  @Test
  void takesTheSameTimeForEachRowUntilKeysAreMergedTwice() {
    double small = ScaleModel.of(HERE, 1e7, 1).seconds() / 1e7;
    double large = ScaleModel.of(HERE, 1e8, 1).seconds() / 1e8;

    assertThat(large / small).isBetween(0.9, 1.15);
    assertThat(ScaleModel.mergePasses(2e6)).isZero();
    assertThat(ScaleModel.mergePasses(1e8)).isEqualTo(1);
    assertThat(ScaleModel.mergePasses(1e10)).isEqualTo(2);
  }

  @Test
  void doesNotGainFromConnectionsWhereTheNetworkIsFull() {
    Site far = ScaleModel.SITES.get(3);

    assertThat(ScaleModel.of(far, 1e9, 4).seconds() / ScaleModel.of(far, 1e9, 1).seconds())
        .isGreaterThan(0.95);
    assertThat(ScaleModel.of(far, 1e9, 4).ends()).isEqualTo("network");
  }

  @Test
  void endsAtAnotherResourceWhereThatGetsScarce() {
    Site slowDisk = new Site("slow disk", true, 8, 20e6, 48e9, 10e9, 0);
    Site oneCore = new Site("one core", true, 1, 10e9, 1e15, 10e9, 0);

    assertThat(ScaleModel.of(slowDisk, 1e9, 4).ends()).isEqualTo("disk");
    assertThat(ScaleModel.of(oneCore, 1e7, 4).ends()).startsWith("server");
  }
}

package dev.outgrow.benchmarks.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatnessBenchmarkTest {
  private static Result took(long rows, double seconds) {
    Client client = new Client(9, 1, 1, "");
    Map<String, Long> phases = Map.of("whole", Math.round(seconds * 1000), "processor", 1L);
    Run run = new Run(Way.OUTGROW, client, 1, 1, phases, Run.EQUAL);
    return new Result(Dataset.NARROW, Way.OUTGROW, rows, List.of(run));
  }

  private static String printed(List<Result> results) {
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    FlatnessBenchmark.print(results, new PrintStream(words, true, StandardCharsets.UTF_8));
    return words.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsTheTimeOfARowBeyondTheSmallFile() {
    List<Result> results = List.of(took(0, 0.5), took(100_000, 0.7), took(1_000_000, 2.7));

    assertThat(FlatnessBenchmark.microsPerRow(results, 1)).isCloseTo(2.0, within(1e-9));
    assertThat(FlatnessBenchmark.microsPerRow(results, 2)).isCloseTo(2.2, within(1e-9));
    assertThat(FlatnessBenchmark.spread(results)).isCloseTo(1.1, within(1e-9));
    assertThat(printed(results)).endsWith(": flat\n");
  }

  @Test
  void saysWhereItIsNotFlat() {
    assertThat(printed(List.of(took(0, 0.5), took(100_000, 0.7), took(1_000_000, 3.5))))
        .contains("A row takes 1.50 times as long")
        .endsWith(": NOT flat\n");
    assertThat(FlatnessBenchmark.spread(List.of(took(0, 0.5), took(100, 0.4), took(1_000, 0.6))))
        .isInfinite();
  }

  @Test
  @Tag("slow")
  void measuresAndComparesRows(@TempDir Path folder) throws Exception {
    Path before = folder.resolve("before.sqlite");
    SourceFile.make(before, Dataset.NARROW.shapes(0.0001), 0);
    List<String> options =
        List.of("--rounds", "1", "--data", folder.toString(), "--before", before.toString());
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try (DurableServer server = DurableServer.start(folder)) {
      List<Result> results =
          FlatnessBenchmark.measure(server, folder, new long[] {40_000, 50_000}, options, nowhere);

      assertThat(results).extracting(Result::rows).containsExactly(30_000L, 40_000L, 50_000L);
      assertThat(results).allMatch(Result::isEqual);
      assertThat(results).allMatch(r -> r.median(Run::wholeSeconds) < r.seconds());
      assertThat(printed(results)).contains("| 40,000 | ", " | equal |");
    }
  }
}

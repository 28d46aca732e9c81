package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The measurement measures what it says; that it is fast is asked only where nobody waits. */
@Tag("slow")
class StatisticsPagesTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");

  @Test
  void answerWithTheNumbersOfAllSessions() throws IOException, InterruptedException {
    try (ScratchServer server = ScratchServer.start()) {
      List<StatisticsPages.Result> pages =
          StatisticsPages.measure(server.createDatabase(), EXHAUSTIVE ? 1_000_000 : 5_000, 3);

      assertThat(pages).extracting(StatisticsPages.Result::path).contains("", "users", "graphs");
      assertThat(pages).allSatisfy(page -> assertThat(page.millis()).isPositive());
      assertThat(pages.get(0).text()).contains("<h1>What was watched</h1>", "User 1");
      assertThat(pages.get(pages.size() - 1).text())
          .contains("\"recordsTotal\":" + (EXHAUSTIVE ? 1_000_000 : 5_000));
    }
  }
}

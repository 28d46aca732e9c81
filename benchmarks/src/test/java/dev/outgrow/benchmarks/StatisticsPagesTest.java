package dev.outgrow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.FirstLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures what it says; that it is fast is asked only where nobody waits. */
@Tag("slow")
class StatisticsPagesTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");

  @Test
  void answerWithTheNumbersOfAllSessions(@TempDir Path folder)
      throws IOException, InterruptedException {
    int sessions = EXHAUSTIVE ? 1_000_000 : 5_000;
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl postgres = server.createDatabase();
      DatabaseUrl sqlite = DatabaseUrl.sqlite(folder.resolve("history.db"));
      FirstLogin login = StatisticsPages.fill(postgres, sessions);
      StatisticsPages.copy(postgres, sqlite);

      List<StatisticsPages.Result> one = StatisticsPages.measure(postgres, login, sessions, 3);
      List<StatisticsPages.Result> other = StatisticsPages.measure(sqlite, login, sessions, 3);

      assertThat(one).hasSize(32).allSatisfy(page -> assertThat(page.millis()).isPositive());
      assertThat(texts(other)).isEqualTo(texts(one));
      String all = String.format(Locale.ROOT, "%,d", sessions).replace(',', '\u202F');
      assertThat(one.get(9).text()).contains("<dt>Plays</dt><dd>" + all, "User 1");
      assertThat(one.subList(12, 32))
          .allSatisfy(page -> assertThat(page.text()).contains("\"recordsTotal\":" + sessions))
          .filteredOn(page -> page.text().contains("\"user\""))
          .hasSizeGreaterThanOrEqualTo(18);
    }
  }

  /** But for what is another one each time. */
  private static List<String> texts(List<StatisticsPages.Result> pages) {
    return pages.stream()
        .map(page -> page.text().replaceAll("name=\"csrf\" value=\"[^\"]*\"", ""))
        .toList();
  }
}

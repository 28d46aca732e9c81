package dev.outgrow.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.StatementException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statistics from PostgreSQL against the same worked out by hand from the SQLite file. */
class MediaStatisticsTest {
  private static final String SCHEMA = "Média \"2025\"";

  private static @Nullable EmbeddedPostgres server;
  private static @Nullable Oracle oracle;
  private static @Nullable MediaStatistics statistics;

  @BeforeAll
  static void load(@TempDir Path folder) throws IOException, SQLException {
    Path file = folder.resolve("history.db");
    MediaHistory.write(file, 4_000);
    server = EmbeddedPostgres.start();
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Connection postgres = connect()) {
      PlainCopy.copy(sqlite, postgres, SCHEMA);
      oracle = new Oracle(sqlite);
      statistics = MediaStatistics.read(postgres, SCHEMA);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void countsTheHoursOfUsersThatAreStillThere() {
    assertThat(statistics().topUsers()).hasSize(8).isEqualTo(oracle().topUsers());
  }

  @Test
  void namesWhatWasPlayedMostAfterItsShow() {
    assertThat(statistics().mostPlayed()).hasSize(8).isEqualTo(oracle().mostPlayed());
    assertThat(statistics().mostPlayed()).anyMatch(item -> item.title().contains(" · "));
  }

  @Test
  void countsEveryMonthInUtc() {
    assertThat(statistics().months()).hasSize(12).isEqualTo(oracle().months());
    assertThat(statistics().months().stream().mapToLong(MediaStatistics.Month::plays).sum())
        .isEqualTo(4_000);
  }

  @Test
  void findsTheBusiestHoursOfTheWeekInUtc() {
    assertThat(statistics().busiestHours()).hasSize(8).isEqualTo(oracle().busiestHours());
  }

  @Test
  void averagesOnlyBitratesThatAreNumbers() {
    assertThat(statistics().platforms()).hasSize(8).isEqualTo(oracle().platforms());
    assertThat(statistics().platforms()).allMatch(platform -> platform.kilobits().isPresent());
  }

  @Test
  void printsAllFive() {
    assertThat(statistics().text())
        .contains("Who watched longest", "What was played most", "2025-12", "Saturday", "Roku")
        .doesNotContain("null");
  }

  @Test
  void namesTheSchemaWhereTheTablesAreMissing() throws SQLException {
    try (Connection postgres = connect()) {
      assertThatThrownBy(() -> MediaStatistics.read(postgres, "nowhere"))
          .isInstanceOf(StatementException.class)
          .hasMessageContaining("nowhere")
          .hasMessageContaining("was imported into this schema");
    }
  }

  @Test
  void copiesTheListsItIsGiven() {
    List<MediaStatistics.UserHours> users = new ArrayList<>(statistics().topUsers());
    MediaStatistics copy = new MediaStatistics(users, List.of(), List.of(), List.of(), List.of());
    users.clear();

    assertThat(copy.topUsers()).hasSize(8);
  }

  private static Connection connect() throws SQLException {
    return Objects.requireNonNull(server).getPostgresDatabase().getConnection();
  }

  private static Oracle oracle() {
    return Objects.requireNonNull(oracle);
  }

  private static MediaStatistics statistics() {
    return Objects.requireNonNull(statistics);
  }
}

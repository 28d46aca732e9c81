package dev.outgrow.examples.media;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.outgrow.error.StatementException;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.parity.Parity;
import dev.outgrow.query.parity.ParityReport;
import dev.outgrow.query.time.Times;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.PlainSQL;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statistics from PostgreSQL against the same worked out by hand from the SQLite file. */
class MediaStatisticsTest {
  private static final String SCHEMA = "Média \"2025\"";

  private static @Nullable EmbeddedPostgres server;
  private static @Nullable Oracle oracle;
  private static @Nullable MediaStatistics statistics;
  private static @Nullable MediaStatistics onSqlite;
  private static @Nullable Path history;

  @BeforeAll
  static void load(@TempDir Path folder) throws IOException, SQLException {
    Path file = folder.resolve("history.db");
    MediaHistory.write(file, 4_000);
    server = EmbeddedPostgres.start();
    history = file;
    try (Connection sqlite = sqlite();
        Connection postgres = connect()) {
      PlainCopy.copy(sqlite, postgres, SCHEMA);
      oracle = new Oracle(sqlite);
      statistics = MediaStatistics.read(postgres, SCHEMA);
      onSqlite = MediaStatistics.read(sqlite, "main");
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
  void areTheSameFromTheFileItself() {
    assertThat(onSqlite).isEqualTo(statistics());
  }

  static List<Function<MediaQueries, Select<?>>> pages() {
    return List.of(
        MediaQueries::topUsers,
        MediaQueries::mostPlayed,
        queries -> queries.months(MediaHistory.YEAR),
        MediaQueries::busiestHours,
        MediaQueries::platforms);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void giveTheSameRowsInTheSameOrderOnBothBackends(Function<MediaQueries, Select<?>> page)
      throws SQLException {
    try (Connection sqlite = sqlite();
        Connection postgres = connect();
        SearchPath there = SearchPath.to(SCHEMA, postgres)) {
      ParityReport report =
          Parity.of(Jooq.on(sqlite), Jooq.on(there.connection()))
              .inOrder()
              .compare(sql -> page.apply(new MediaQueries(sql)));

      assertThat(report.equal()).as("%s", report).isTrue();
      assertThat(report.leftRows()).isGreaterThanOrEqualTo(8);
    }
  }

  /** jOOQ marks every method of its own that takes SQL as text; a helper that has some shows it. */
  @Test
  void containNoSqlText() {
    JavaClasses pages =
        new ClassFileImporter().importClasses(MediaQueries.class, MediaStatistics.class);

    noClasses()
        .should()
        .callCodeUnitWhere(JavaCall.Predicates.target(annotatedWith(PlainSQL.class)))
        .check(pages);
    assertThatThrownBy(
            () ->
                noClasses()
                    .should()
                    .callCodeUnitWhere(JavaCall.Predicates.target(annotatedWith(PlainSQL.class)))
                    .check(new ClassFileImporter().importClasses(Times.class)))
        .isInstanceOf(AssertionError.class);
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
  void leavesTheConnectionLookingWhereItLooked() throws SQLException {
    try (Connection postgres = connect()) {
      MediaStatistics.read(postgres, SCHEMA);

      assertThat(postgres.getSchema()).isEqualTo("public");
    }
  }

  @Test
  void copiesTheListsItIsGiven() {
    List<MediaStatistics.UserHours> users = new ArrayList<>(statistics().topUsers());
    MediaStatistics copy = new MediaStatistics(users, List.of(), List.of(), List.of(), List.of());
    users.clear();

    assertThat(copy.topUsers()).hasSize(8);
  }

  private static Connection sqlite() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + Objects.requireNonNull(history).toUri());
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

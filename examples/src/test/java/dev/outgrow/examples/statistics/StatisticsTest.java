package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.examples.application.SameHistory;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.parity.Parity;
import dev.outgrow.query.parity.ParityReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The questions of the pages on both backends, and against plain Java. */
@Tag("slow")
class StatisticsTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");

  /** The clocks are put forward on the ninth. */
  private static final Period MARCH =
      new Period(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 3, 31), ZONE);

  private static @Nullable SameHistory history;
  private static List<Played> played = List.of();

  private record Played(@Nullable Long user, long started, @Nullable Long stopped, long paused) {
    boolean isIn(Period period) {
      return started >= period.begin()
          && started < period.to().atStartOfDay(period.zone()).toEpochSecond();
    }

    long watched() {
      return stopped == null ? 0 : stopped - started - paused;
    }

    boolean runsAt(long moment) {
      return stopped != null && started <= moment && stopped > moment;
    }
  }

  @BeforeAll
  static void make(@TempDir Path folder) {
    SameHistory made = SameHistory.in(folder, 4_000);
    history = made;
    try (Database database = made.on(Backend.SQLITE).open()) {
      played =
          database.read(
              tx ->
                  Jooq.on(tx)
                      .select(
                          SESSIONS.USER_ID,
                          SESSIONS.STARTED,
                          SESSIONS.STOPPED,
                          SESSIONS.PAUSED_SECONDS)
                      .from(SESSIONS)
                      .fetch(
                          row ->
                              new Played(row.value1(), row.value2(), row.value3(), row.value4())));
    }
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(history).close();
  }

  private static <T> T ask(Backend backend, Function<Statistics, T> question) {
    try (Database database = Objects.requireNonNull(history).on(backend).open()) {
      return database.read(tx -> question.apply(Statistics.of(Jooq.on(tx))));
    }
  }

  static List<Function<PeriodQueries, Select<?>>> questions() {
    return List.of(
        PeriodQueries::totals,
        PeriodQueries::topUsers,
        PeriodQueries::topItems,
        PeriodQueries::playsPerDay,
        PeriodQueries::weekHours,
        PeriodQueries::streams,
        PeriodQueries::months,
        PeriodQueries::secondsPerDay,
        PeriodQueries::decisions,
        PeriodQueries::libraries,
        PeriodQueries::users);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void haveTheSameAnswersOnBothBackends(Function<PeriodQueries, Select<?>> question) {
    SameHistory both = Objects.requireNonNull(history);
    try (Database postgres = both.on(Backend.POSTGRESQL).open();
        Database sqlite = both.on(Backend.SQLITE).open()) {
      ParityReport report =
          Parity.of(Jooq.on(postgres), Jooq.on(sqlite))
              .inOrder()
              .compare(
                  sql -> attached(question.apply(new PeriodQueries(MARCH, Summed.of(sql))), sql));

      assertThat(report.equal()).as("%s", report).isTrue();
      assertThat(report.leftRows()).isPositive();
    }
  }

  private static Select<?> attached(Select<?> question, DSLContext sql) {
    question.attach(sql.configuration());
    return question;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void countTheStreamsOfEachDay(Backend backend) {
    Overview overview =
        ask(backend, statistics -> statistics.overview(MARCH, () -> statistics.half(MARCH)));

    assertThat(overview.streams().lines().get(0).values()).isEqualTo(peaks());
    assertThat(overview.peak()).isPositive();
  }

  /** How many run changes only when one begins, and at midnight one day's becomes the next's. */
  private static List<Long> peaks() {
    List<Long> peaks = new ArrayList<>();
    for (LocalDate day = MARCH.from(); day.isBefore(MARCH.to()); day = day.plusDays(1)) {
      long begin = day.atStartOfDay(ZONE).toEpochSecond();
      long end = day.plusDays(1).atStartOfDay(ZONE).toEpochSecond();
      List<Long> moments = new ArrayList<>(List.of(begin));
      played.stream()
          .map(Played::started)
          .filter(at -> at >= begin && at < end)
          .forEach(moments::add);
      peaks.add(
          moments.stream()
              .mapToLong(at -> played.stream().filter(each -> each.runsAt(at)).count())
              .max()
              .orElse(0));
    }
    return peaks;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void addUpWhatBeganInThePeriod(Backend backend) {
    List<Played> within = played.stream().filter(each -> each.isIn(MARCH)).toList();
    Overview overview =
        ask(backend, statistics -> statistics.overview(MARCH, () -> statistics.half(MARCH)));

    assertThat(overview.plays()).isEqualTo(within.size()).isPositive();
    assertThat(overview.watched())
        .isEqualTo(Duration.ofSeconds(within.stream().mapToLong(Played::watched).sum()));
    assertThat(overview.viewers())
        .isEqualTo(within.stream().map(Played::user).filter(Objects::nonNull).distinct().count());
    assertThat(overview.playsPerDay().labels()).hasSize(30);
    assertThat(
            overview.playsPerDay().lines().stream()
                .flatMap(line -> line.values().stream())
                .mapToLong(Long::longValue)
                .sum())
        .isEqualTo(within.size());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void countEachHourOfTheWeek(Backend backend) {
    List<List<Long>> week =
        ask(backend, statistics -> statistics.overview(MARCH, () -> statistics.half(MARCH)))
            .weekHours();

    assertThat(week).hasSize(7).allSatisfy(day -> assertThat(day).hasSize(24));
    long[][] counted = new long[7][24];
    played.stream()
        .filter(each -> each.isIn(MARCH))
        .forEach(
            each -> {
              ZonedDateTime at = Instant.ofEpochSecond(each.started()).atZone(ZONE);
              counted[at.getDayOfWeek().getValue() - 1][at.getHour()]++;
            });
    for (int day = 0; day < 7; day++) {
      for (int hour = 0; hour < 24; hour++) {
        assertThat(week.get(day).get(hour)).as(day + " " + hour).isEqualTo(counted[day][hour]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void putTheLatestSessionBesideEachUser(Backend backend) {
    List<UserActivity> users = ask(backend, statistics -> statistics.users(MARCH));

    assertThat(users).isSortedAccordingTo((a, b) -> b.watched().compareTo(a.watched()));
    try (Database database = Objects.requireNonNull(history).on(backend).open()) {
      assertThat(users).hasSize(database.<Integer>read(tx -> Jooq.on(tx).fetchCount(USERS)));
    }
    long latest =
        played.stream()
            .filter(each -> Long.valueOf(1).equals(each.user()))
            .mapToLong(Played::started)
            .max()
            .orElseThrow();
    assertThat(users)
        .filteredOn(user -> user.name().equals("Łukasz 1"))
        .singleElement()
        .satisfies(user -> assertThat(user.latest()).contains(Instant.ofEpochSecond(latest)));
  }

  @Test
  void endWithTheDayOfTheNewestSessionInTheSettingsZone() {
    Period period = ask(Backend.SQLITE, statistics -> statistics.period(30, Instant.EPOCH));

    long newest = played.stream().mapToLong(Played::started).max().orElseThrow();
    assertThat(period.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    assertThat(period.last())
        .isEqualTo(LocalDate.ofInstant(Instant.ofEpochSecond(newest), period.zone()));
    assertThat(period.length()).isEqualTo(30);
  }
}

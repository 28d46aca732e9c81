package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.SUMMED_DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.max;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.application.SameHistory;
import dev.outgrow.query.Jooq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sums against the sessions they are made of. */
@Tag("slow")
class SummedHistoryTest {
  /**
   * Whole hours, half ones, quarters, half an hour of summer time, and minutes beside the others.
   */
  private static final List<String> ZONES =
      List.of(
          "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "GMT+05:37");

  private static @Nullable SameHistory history;

  /** For those that leave nothing as it was. */
  private static @Nullable SameHistory small;

  private static long newest;

  @BeforeAll
  static void make(@TempDir Path folder) throws IOException {
    history = SameHistory.in(Files.createDirectory(folder.resolve("large")), 4_000);
    small = SameHistory.in(Files.createDirectory(folder.resolve("small")), 300);
    try (Database database = open(Backend.SQLITE)) {
      newest =
          database.<Long>read(
              tx ->
                  Jooq.on(tx).select(max(SESSIONS.STARTED)).from(SESSIONS).fetchSingle().value1());
    }
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(history).close();
    Objects.requireNonNull(small).close();
  }

  private static Database openSmall(Backend backend) {
    return Objects.requireNonNull(small).on(backend).open();
  }

  private static Database open(Backend backend) {
    return Objects.requireNonNull(history).on(backend).open();
  }

  /** Every question of every period, in every zone, out of the sums and without them. */
  private static void assertThatSumsAreTheSessions(Database database) {
    assertThatSumsAreTheSessions(database, ZONES.subList(0, 1));
  }

  private static void assertThatSumsAreTheSessions(Database database, List<String> zones) {
    database.read(
        tx -> {
          DSLContext sql = Jooq.on(tx);
          Summed summed = Summed.of(sql);
          for (Period period : periods(zones)) {
            for (Function<PeriodQueries, Select<?>> question : StatisticsTest.questions()) {
              Select<?> sums = question.apply(new PeriodQueries(period, summed));
              Select<?> sessions = question.apply(new PeriodQueries(period, Summed.NOTHING));
              assertThat(sql.fetch(sums).intoArrays())
                  .as("%s: %s", period, sums)
                  .isDeepEqualTo(sql.fetch(sessions).intoArrays());
            }
          }
          return true;
        });
  }

  private static List<Period> periods(List<String> zones) {
    List<Period> periods = new ArrayList<>();
    for (String name : zones) {
      ZoneId zone = ZoneId.of(name);
      LocalDate last = LocalDate.ofInstant(Instant.ofEpochSecond(newest), zone);
      periods.add(Period.endingWith(last, 1, zone));
      periods.add(Period.endingWith(last, 30, zone));
      periods.add(Period.endingWith(last.minusDays(40), 100, zone));
      periods.add(Period.endingWith(last, 400, zone));
    }
    return periods;
  }

  private static void sql(Database database, String... statements) {
    database.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            for (String each : statements) {
              assertThat(statement.executeUpdate(each)).as(each).isPositive();
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void giveTheSameAnswersAsTheSessions(Backend backend) {
    try (Database database = open(backend)) {
      SummedHistory.refresh(database);

      Summed summed = database.read(tx -> Summed.of(Jooq.on(tx)));
      assertThat(summed.until()).isBetween(newest - 5 * Summed.DAY, newest - 2 * Summed.DAY);
      assertThatSumsAreTheSessions(database, ZONES);
      assertThat(SummedHistory.refresh(database)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void followEveryChangeOfOldSessions(Backend backend) {
    String old =
        " WHERE id = (SELECT id FROM sessions WHERE started < " + (newest - 90 * Summed.DAY);
    String one =
        old
            + " AND stopped > started + 600 AND stopped < started + 40000 ORDER BY started DESC LIMIT 1)";
    List<String> changes =
        List.of(
            "UPDATE sessions SET stopped = stopped - 300" + one,
            "UPDATE sessions SET stopped = stopped + 200000" + one,
            "UPDATE sessions SET stopped = NULL" + one,
            "UPDATE sessions SET started = started + 90000" + one,
            "UPDATE sessions SET paused_seconds = paused_seconds + 1" + one,
            "UPDATE sessions SET platform = 'Abacus'" + one,
            "UPDATE sessions SET platform = NULL" + one,
            "UPDATE sessions SET user_id = NULL" + one,
            "UPDATE sessions SET user_id = (SELECT max(id) FROM users)" + one,
            "UPDATE sessions SET item_id = (SELECT max(id) FROM items)" + one,
            "UPDATE stream_details SET \"videoDecision\" = 'guess'"
                + one.replace("WHERE id", "WHERE session_id")
                    .replace(
                        "FROM sessions WHERE",
                        "FROM sessions JOIN stream_details ON session_id = id WHERE"),
            "DELETE FROM stream_details"
                + one.replace("WHERE id", "WHERE session_id")
                    .replace(
                        "FROM sessions WHERE",
                        "FROM sessions JOIN stream_details ON session_id = id WHERE"),
            "DELETE FROM sessions" + one,
            "INSERT INTO sessions (id, user_id, item_id, started, stopped)"
                + " SELECT (SELECT max(id) + 1 FROM sessions), 1, min(id), "
                + (newest - 200 * Summed.DAY)
                + ", "
                + (newest - 199 * Summed.DAY)
                + " FROM items");
    try (Database database = open(backend)) {
      SummedHistory.refresh(database);
      for (String change : changes) {
        sql(database, change);
        assertThat(SummedHistory.refresh(database)).as(change).isBetween(1, 4);
      }
      assertThatSumsAreTheSessions(database);
    }
  }

  /** Two users that swap two sessions of a day leave all its totals as they were. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void noticeThatTwoSessionsSwapTheirUsers(Backend backend) {
    long day = Math.floorDiv(newest, Summed.DAY) * Summed.DAY - 300 * Summed.DAY;
    try (Database database = open(backend)) {
      String insert =
          "INSERT INTO sessions (id, user_id, item_id, started, stopped)"
              + " SELECT (SELECT max(id) + 1 FROM sessions), %d, min(id), %d, %d FROM items";
      sql(
          database,
          insert.formatted(1, day + 100, day + 200),
          insert.formatted(2, day + 300, day + 900));
      SummedHistory.refresh(database);

      sql(
          database,
          "UPDATE sessions SET user_id = 3 - user_id WHERE started IN (%d, %d)"
              .formatted(day + 100, day + 300));
      assertThat(SummedHistory.refresh(database)).isEqualTo(1);
      assertThatSumsAreTheSessions(database);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void areMadeAnewAfterSomebodyEmptiedThem(Backend backend) {
    try (Database database = open(backend)) {
      SummedHistory.refresh(database);
      sql(database, "DELETE FROM summed_days");

      assertThatSumsAreTheSessions(database);
      assertThat(SummedHistory.refresh(database)).isPositive();
      assertThatSumsAreTheSessions(database);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void letGoOfDaysThatAreNewsAgain(Backend backend) {
    try (Database database = openSmall(backend)) {
      SummedHistory.refresh(database);
      int before = database.<Integer>read(tx -> Jooq.on(tx).fetchCount(SUMMED_DAYS));
      sql(
          database,
          "DELETE FROM stream_details WHERE session_id IN (SELECT id FROM sessions WHERE started > "
              + (newest - 100 * Summed.DAY)
              + ")",
          "DELETE FROM sessions WHERE started > " + (newest - 100 * Summed.DAY));

      assertThat(SummedHistory.refresh(database)).isPositive();
      assertThatSumsAreTheSessions(database);
      assertThat(database.<Integer>read(tx -> Jooq.on(tx).fetchCount(SUMMED_DAYS)))
          .isLessThan(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void areRightWhenTwoMakeThemAtOnce(Backend backend) {
    try (Database one = openSmall(backend);
        Database other = openSmall(backend)) {
      one.inTransaction(tx -> Jooq.on(tx).deleteFrom(SUMMED_DAYS).execute());
      List<CompletableFuture<Boolean>> both = new ArrayList<>();
      for (Database each : List.of(one, other)) {
        both.add(CompletableFuture.supplyAsync(() -> succeeds(each)));
      }
      assertThat(both.stream().map(CompletableFuture::join)).contains(true);
      assertThat(SummedHistory.refresh(one)).isZero();
      assertThatSumsAreTheSessions(one);
    }
  }

  private static boolean succeeds(Database database) {
    try {
      SummedHistory.refresh(database);
      return true;
    } catch (OutgrowException lost) {
      return false; // the other one has made them
    }
  }

  /** Nobody watches at midnight where all have ended just then. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void countNoStreamThatEndsAtMidnight(Backend backend) {
    ZoneId utc = ZoneId.of("UTC");
    LocalDate day = LocalDate.of(2030, 1, 2);
    long midnight = day.atStartOfDay(utc).toEpochSecond();
    try (Database database = openSmall(backend)) {
      String insert =
          "INSERT INTO sessions (id, item_id, started, stopped)"
              + " SELECT (SELECT max(id) + 1 FROM sessions), min(id), %d, %d FROM items";
      for (int i = 1; i <= 3; i++) {
        sql(database, insert.formatted(midnight - i * 60L, midnight));
      }
      sql(database, insert.formatted(midnight + 20 * Summed.DAY, midnight + 20 * Summed.DAY + 60));
      Period period = new Period(day.minusDays(1), day.plusDays(1), utc);

      for (int i = 0; i < 2; i++) { // without the sums, and with them
        Lines streams = database.read(tx -> Statistics.of(Jooq.on(tx)).streams(period));
        assertThat(streams.lines().get(0).values()).containsExactly(3L, 0L);
        SummedHistory.refresh(database);
      }
    }
  }
}

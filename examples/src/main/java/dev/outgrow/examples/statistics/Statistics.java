package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.SETTINGS;
import static media.db.core.Tables.STREAM_DETAILS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Asks a media history, on either backend, for what its pages show; both give the same.
 *
 * <p>It belongs within {@code Database.read}, so that all numbers of an answer are of one moment.
 *
 * <p><em>Immutable.</em> It is for the thread that its context is for.
 *
 * @since 0.1
 */
public final class Statistics {
  private static final long SECONDS_IN_HOUR = 3_600;

  private final DSLContext sql;

  private Statistics(DSLContext sql) {
    this.sql = sql;
  }

  /** Asks this database. */
  public static Statistics of(DSLContext sql) {
    return new Statistics(sql);
  }

  /**
   * Returns the zone whose days and hours the server's owner wants to see: the setting {@code Time
   * Zone} of section {@code General}; UTC if there is none, or none of the world's zones is called
   * so.
   */
  public ZoneId zone() {
    String named =
        sql.select(SETTINGS.VALUE)
            .from(SETTINGS)
            .where(SETTINGS.SECTION.eq("General"), SETTINGS.NAME.eq("Time Zone"))
            .fetchOne(SETTINGS.VALUE);
    try {
      return named == null ? ZoneOffset.UTC : ZoneId.of(named.strip());
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC; // the page says which zone its times are of
    }
  }

  /** Returns the period of so many days that ends with the day of the newest session. */
  public Period period(int days, Instant now) {
    ZoneId zone = zone();
    Long newest = sql.select(DSL.max(SESSIONS.STARTED)).from(SESSIONS).fetchSingle().value1();
    Instant last = newest == null ? now : Instant.ofEpochSecond(newest);
    return Period.endingWith(LocalDate.ofInstant(last, zone), days, zone);
  }

  /**
   * Returns what the home page shows.
   *
   * @param other gives the other half of the same period, which can be asked for beside this one
   */
  public Overview overview(Period period, Supplier<Overview.Half> other) {
    PeriodQueries ask = ask(period);
    Record totals = sql.fetchSingle(ask.totals());
    List<Ranked> users = ranking(ask.topUsers());
    Lines platforms =
        ChartRows.split(sql.fetch(ask.playsPerDay()), SESSIONS.PLATFORM, period.zone());
    List<List<Long>> week = week(sql.fetch(ask.weekHours()));
    Overview.Half half = other.get();
    return new Overview(
        totals.get(0, Long.class),
        seconds(totals, 1),
        totals.get(2, Long.class),
        users,
        half.items(),
        platforms,
        week,
        half.streams());
  }

  /** Returns the half of the home page that can be asked for beside the rest of it. */
  public Overview.Half half(Period period) {
    List<Ranked> items = sql.fetch(ask(period).topItems()).map(Statistics::item);
    return new Overview.Half(items, streams(period));
  }

  /** Returns how many sessions ran at once, at most, on each day. */
  public Lines streams(Period period) {
    return ChartRows.days(sql.fetch(ask(period).streams()), "Streams at once", 1, period.zone());
  }

  /** Returns what the page of graphs shows. */
  public Graphs graphs(Period period) {
    PeriodQueries ask = ask(period);
    ZoneId zone = period.zone();
    return new Graphs(
        ChartRows.months(sql.fetch(ask.months()), "Plays", zone),
        ChartRows.days(sql.fetch(ask.secondsPerDay()), "Hours", SECONDS_IN_HOUR, zone),
        ChartRows.split(sql.fetch(ask.decisions()), STREAM_DETAILS.VIDEODECISION, zone),
        ranking(ask.libraries()));
  }

  /** Returns the users, at most 500, those first who watched longest in the period. */
  public List<UserActivity> users(Period period) {
    return sql.fetch(ask(period).users()).map(Statistics::user);
  }

  private PeriodQueries ask(Period period) {
    return new PeriodQueries(period, Summed.of(sql));
  }

  private static UserActivity user(Record row) {
    return new UserActivity(
        row.get(0, String.class),
        row.get(1, Long.class) != 0,
        row.get(2, Long.class),
        seconds(row, 3),
        Optional.ofNullable(row.get(4, Long.class)).map(Instant::ofEpochSecond),
        Optional.ofNullable(row.get(5, String.class)),
        Optional.ofNullable(row.get(6, String.class)));
  }

  private List<Ranked> ranking(Select<?> question) {
    return sql.fetch(question)
        .map(
            row ->
                new Ranked(row.get(0, String.class), "", row.get(1, Long.class), seconds(row, 2)));
  }

  private static Ranked item(Record row) {
    return new Ranked(
        Objects.requireNonNullElse(row.get(0, String.class), "not in a library any more"),
        Objects.requireNonNullElse(row.get(1, String.class), ""),
        row.get(2, Long.class),
        Duration.ZERO);
  }

  private static List<List<Long>> week(Result<?> rows) {
    List<List<Long>> days = new ArrayList<>();
    for (Record row : rows) {
      if (row.get(1, Integer.class) == 0) {
        days.add(new ArrayList<>());
      }
      days.get(days.size() - 1).add(row.get(2, Long.class));
    }
    return days;
  }

  private static Duration seconds(Record row, int column) {
    return Duration.ofSeconds(row.get(column, Long.class));
  }
}

package dev.outgrow.examples.media;

import dev.outgrow.error.StatementException;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.series.Series;
import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;

/**
 * What a media server's owner wants to know of a year: five statistics of a schema that {@link
 * MediaHistory} began as, from PostgreSQL or from the SQLite file, alike. Times are in UTC.
 *
 * <p><em>Immutable.</em>
 *
 * @param topUsers the 8 users who watched longest, the longest first
 * @param mostPlayed the 8 items that were played most, the most played first
 * @param months every month of the year, in order
 * @param busiestHours the 8 hours of the week with most sessions, the busiest first
 * @param platforms every named platform, the one with most sessions first
 * @since 0.1
 */
public record MediaStatistics(
    List<UserHours> topUsers,
    List<PlayedItem> mostPlayed,
    List<Month> months,
    List<WeekHour> busiestHours,
    List<Platform> platforms) {

  /**
   * A user's year; sessions without an end are left out.
   *
   * <p><em>Immutable.</em>
   *
   * @param user the friendly name, or the user name where there is none
   * @param plays the number of sessions
   * @param watched how long, without pauses
   */
  public record UserHours(String user, long plays, Duration watched) {}

  /**
   * An item's year.
   *
   * <p><em>Immutable.</em>
   *
   * @param title its title, after its show's or artist's where it has one
   * @param mediaType what it is: {@code movie}, {@code episode}, {@code track}
   * @param plays the number of sessions
   * @param viewers the number of different users, those deleted since included
   */
  public record PlayedItem(String title, String mediaType, long plays, long viewers) {}

  /**
   * A month.
   *
   * <p><em>Immutable.</em>
   *
   * @param month the month
   * @param plays the number of sessions that began in it
   * @param watched how long those lasted, without pauses; those without an end count nothing
   */
  public record Month(YearMonth month, long plays, Duration watched) {}

  /**
   * An hour of the week.
   *
   * <p><em>Immutable.</em>
   *
   * @param day the weekday
   * @param hour the hour of the day, 0 to 23
   * @param plays the number of sessions that began in it
   */
  public record WeekHour(DayOfWeek day, int hour, long plays) {}

  /**
   * A platform's year, of the sessions that have stream details.
   *
   * <p><em>Immutable.</em>
   *
   * @param name the platform
   * @param plays the number of sessions
   * @param transcoded how many of them were transcoded
   * @param kilobits the mean bitrate in kilobits a second, rounded half up, over the sessions that
   *     have a number for it
   */
  public record Platform(String name, long plays, long transcoded, OptionalLong kilobits) {}

  /** Copies the lists. */
  public MediaStatistics {
    topUsers = List.copyOf(topUsers);
    mostPlayed = List.copyOf(mostPlayed);
    months = List.copyOf(months);
    busiestHours = List.copyOf(busiestHours);
    platforms = List.copyOf(platforms);
  }

  /**
   * Asks a database.
   *
   * @param connection an open connection to PostgreSQL or SQLite, left open
   * @param schema the schema the tables are in, as it is written in the catalogue; {@code main} on
   *     SQLite
   * @throws StatementException if a statement is refused, such as when a table is missing
   */
  public static MediaStatistics read(Connection connection, String schema) {
    try (SearchPath there = SearchPath.to(schema, connection)) {
      return read(Jooq.on(there.connection()), schema);
    }
  }

  private static MediaStatistics read(DSLContext sql, String schema) {
    MediaQueries queries = new MediaQueries(sql);
    Questions ask = new Questions(sql, schema);
    return new MediaStatistics(
        ask.all("top users", queries.topUsers(), MediaStatistics::user),
        ask.all("most played", queries.mostPlayed(), MediaStatistics::item),
        ask.all("months", queries.months(MediaHistory.YEAR), MediaStatistics::month),
        ask.all("busiest hours", queries.busiestHours(), MediaStatistics::hour),
        ask.all("platforms", queries.platforms(), MediaStatistics::platform));
  }

  /** Returns the five as aligned text for a terminal, each under its title. */
  public String text() {
    return StatisticsText.of(this);
  }

  private static UserHours user(Record row) {
    return new UserHours(row.get(0, String.class), row.get(1, Long.class), seconds(row));
  }

  private static PlayedItem item(Record row) {
    return new PlayedItem(
        row.get(0, String.class),
        row.get(1, String.class),
        row.get(2, Long.class),
        row.get(3, Long.class));
  }

  private static Month month(Record row) {
    YearMonth month = YearMonth.from(row.get(Series.BEGIN).atZone(ZoneOffset.UTC));
    return new Month(month, row.get(1, Long.class), seconds(row));
  }

  private static WeekHour hour(Record row) {
    return new WeekHour(
        DayOfWeek.of(row.get(0, Integer.class)), row.get(1, Integer.class), row.get(2, Long.class));
  }

  private static Platform platform(Record row) {
    Long mean = row.get(3, Long.class);
    return new Platform(
        row.get(0, String.class),
        row.get(1, Long.class),
        row.get(2, Long.class),
        mean == null ? OptionalLong.empty() : OptionalLong.of(mean));
  }

  private static Duration seconds(Record row) {
    return Duration.ofSeconds(row.get(2, Long.class));
  }

  private record Questions(DSLContext sql, String schema) {
    <T> List<T> all(String name, Select<?> question, Function<Record, T> reader) {
      try {
        return sql.fetch(question).map(reader::apply);
      } catch (StatementException e) {
        throw new StatementException(
            "The statistic " + name + " of schema " + schema + " failed: " + e.what(),
            "See that a media history was imported into this schema.",
            e.sqlState(),
            e);
      }
    }
  }
}

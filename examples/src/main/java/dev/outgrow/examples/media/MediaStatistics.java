package dev.outgrow.examples.media;

import dev.outgrow.error.StatementException;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a media server's owner wants to know of a year, from PostgreSQL: five statistics of a schema
 * that {@link MediaHistory} began as. Times are in UTC.
 *
 * <p><em>Immutable.</em>
 *
 * @param topUsers the 8 users who watched longest, the longest first
 * @param mostPlayed the 8 items that were played most, the most played first
 * @param months every month with a session, in order
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
   * Asks PostgreSQL.
   *
   * @param postgres an open connection, left open
   * @param schema the schema the tables are in, as it is written in the catalogue
   * @throws StatementException if a statement is refused, such as when a table is missing
   */
  public static MediaStatistics read(Connection postgres, String schema) {
    Questions ask = new Questions(postgres, schema);
    return new MediaStatistics(
        ask.all("top-users", row -> new UserHours(row.getString(1), row.getLong(2), seconds(row))),
        ask.all(
            "most-played",
            row ->
                new PlayedItem(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4))),
        ask.all(
            "months",
            row -> new Month(YearMonth.parse(row.getString(1)), row.getLong(2), seconds(row))),
        ask.all(
            "busiest-hours",
            row -> new WeekHour(DayOfWeek.of(row.getInt(1)), row.getInt(2), row.getLong(3))),
        ask.all(
            "platforms",
            row -> new Platform(row.getString(1), row.getLong(2), row.getLong(3), kilobits(row))));
  }

  /** Returns the five as aligned text for a terminal, each under its title. */
  public String text() {
    return StatisticsText.of(this);
  }

  private static Duration seconds(ResultSet row) throws SQLException {
    return Duration.ofSeconds(row.getLong(3));
  }

  private static OptionalLong kilobits(ResultSet row) throws SQLException {
    long mean = row.getLong(4);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(mean);
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private record Questions(Connection postgres, String schema) {
    <T> List<T> all(String name, Reader<T> reader) {
      String sql =
          MediaHistory.resource("statistics/" + name + ".sql")
              .replace("{schema}", Dialect.POSTGRESQL.quote(schema));
      try (PreparedStatement statement = postgres.prepareStatement(sql);
          ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reader.read(rows));
        }
        return found;
      } catch (SQLException e) {
        throw new StatementException(
            "The statistic " + name + " of schema " + schema + " failed: " + e.getMessage() + ".",
            "See that a media history was imported into this schema.",
            e.getSQLState(),
            e);
      }
    }
  }
}

package dev.outgrow.query.time;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.DatePart;
import dev.outgrow.query.Moment;
import dev.outgrow.query.PerBackend;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Fields and conditions on {@link Moment}s: conversions, ranges, dates and times of day in a zone,
 * formats, differences. Each gives the same on PostgreSQL and on SQLite.
 *
 * <pre>{@code
 * Moment started = Moment.ofEpochSeconds(SESSIONS.STARTED);
 * select(Times.hour(started, zone), count())
 *     .from(SESSIONS)
 *     .where(Times.on(started, LocalDate.of(2025, 3, 9), zone))
 *     .groupBy(Times.hour(started, zone))
 * }</pre>
 *
 * <p>Constants are written into the SQL, as literals, so that a field means the same in {@code
 * SELECT} and {@code GROUP BY}. Null gives null. A statement that uses a zone on SQLite needs a
 * context of {@link dev.outgrow.query.Jooq}.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Times {
  private Times() {}

  /** Returns whole seconds since 1970 in UTC, rounded down. */
  public static Field<Long> epochSeconds(Moment moment) {
    return Moment.floorDivision(moment.epochMicros(), 1_000_000);
  }

  /** Returns whole milliseconds since 1970 in UTC, rounded down. */
  public static Field<Long> epochMillis(Moment moment) {
    return Moment.floorDivision(moment.epochMicros(), 1_000);
  }

  /** Returns the moment as an instant, to the microsecond. */
  public static Field<Instant> instant(Moment moment) {
    return moment.instant();
  }

  /** Returns the condition of a half-open range. */
  public static Condition between(Moment moment, Instant from, Instant to) {
    return moment.in(from, to);
  }

  /** Returns the condition that it is on a date in a zone. */
  public static Condition on(Moment moment, LocalDate date, ZoneId zone) {
    return between(moment, date, date.plusDays(1), zone);
  }

  /** Returns the condition that it is on a date from {@code from} on and before {@code to}. */
  public static Condition between(Moment moment, LocalDate from, LocalDate to, ZoneId zone) {
    return moment.in(from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
  }

  /** Returns the microseconds from one moment to another, negative if that is before it. */
  public static Field<Long> micros(Moment from, Moment to) {
    return to.epochMicros().minus(from.epochMicros());
  }

  /** Returns the whole seconds from one moment to another, rounded down. */
  public static Field<Long> seconds(Moment from, Moment to) {
    return Moment.floorDivision(field("({0})", Long.class, micros(from, to)), 1_000_000);
  }

  /** Returns the moment and so much more time, to the microsecond. */
  public static Field<Instant> plus(Moment moment, Duration time) {
    return instantOf(moment.epochMicros().plus(inline(Math.floorDiv(time.toNanos(), 1_000L))));
  }

  /**
   * Returns the beginning of the even step of time that holds the moment; steps are counted from
   * 1970 in UTC. For steps of a calendar, or from another beginning, see {@link
   * dev.outgrow.query.Steps}.
   *
   * @throws ConfigurationException unless the length is whole seconds, at least one
   */
  public static Field<Instant> bucket(Moment moment, Duration length) {
    if (!length.equals(length.truncatedTo(ChronoUnit.SECONDS)) || length.toSeconds() < 1) {
      throw new ConfigurationException(
          "The length of a bucket", length.toString(), "whole seconds, at least 1");
    }
    long micros = Math.multiplyExact(length.toSeconds(), 1_000_000L);
    Field<Long> count = Moment.floorDivision(moment.epochMicros(), micros);
    return instantOf(field("({0} * {1})", Long.class, count, inline(micros)));
  }

  private static Field<Instant> instantOf(Field<Long> micros) {
    return PerBackend.field(
        SQLDataType.INSTANT,
        field("(timestamptz 'epoch' + {0} * interval '1 microsecond')", micros),
        Moment.sqliteInstant(micros));
  }

  /** Returns the date on the calendar of a zone. */
  public static Field<LocalDate> date(Moment moment, ZoneId zone) {
    return startOf(moment, CalendarUnit.DAY, zone);
  }

  /**
   * Returns the first date of the unit, in a zone, that holds the moment; weeks begin on Monday.
   *
   * @throws ConfigurationException for {@link CalendarUnit#HOUR}, which has no date
   */
  public static Field<LocalDate> startOf(Moment moment, CalendarUnit unit, ZoneId zone) {
    return LocalDates.startOf(moment, unit, zone, DayOfWeek.MONDAY);
  }

  /** Returns the first date of the week, which begins on this weekday. */
  public static Field<LocalDate> startOfWeek(Moment moment, ZoneId zone, DayOfWeek first) {
    return LocalDates.startOf(moment, CalendarUnit.WEEK, zone, first);
  }

  /** Returns a number that calendars and clocks of a zone show. */
  public static Field<Integer> part(DatePart part, Moment moment, ZoneId zone) {
    return moment.part(part, zone);
  }

  /** Returns the year. */
  public static Field<Integer> year(Moment moment, ZoneId zone) {
    return part(DatePart.YEAR, moment, zone);
  }

  /** Returns the month, 1 to 12. */
  public static Field<Integer> month(Moment moment, ZoneId zone) {
    return part(DatePart.MONTH, moment, zone);
  }

  /** Returns the weekday, from 1 for Monday to 7 for Sunday. */
  public static Field<Integer> weekday(Moment moment, ZoneId zone) {
    return part(DatePart.WEEKDAY, moment, zone);
  }

  /** Returns the hour of the day, 0 to 23. */
  public static Field<Integer> hour(Moment moment, ZoneId zone) {
    return part(DatePart.HOUR, moment, zone);
  }

  /**
   * Returns the local date and time as text. The pattern is of {@code yyyy MM dd HH mm ss}, of
   * {@code 'words in quotes'} with {@code ''} for a quote, and of anything that is no letter:
   * {@code yyyy-MM-dd HH:mm}.
   *
   * @throws ConfigurationException if the pattern has other letters
   */
  public static Field<String> format(Moment moment, ZoneId zone, String pattern) {
    TimePattern parsed = TimePattern.parse(pattern);
    return PerBackend.field(
        SQLDataType.VARCHAR,
        field("to_char({0}, {1})", moment.postgresLocal(zone), inline(parsed.postgres())),
        field(
            "strftime({0}, {1}, 'unixepoch')", inline(parsed.sqlite()), moment.sqliteLocal(zone)));
  }
}

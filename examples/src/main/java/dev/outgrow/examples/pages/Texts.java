package dev.outgrow.examples.pages;

import dev.outgrow.examples.statistics.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * Numbers, times and dates as the pages write them.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Texts {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

  private Texts() {}

  /** Returns a number with a thin space between thousands. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202F');
  }

  /** Returns a number of plays. */
  public static String plays(long plays) {
    return number(plays) + (plays == 1 ? " play" : " plays");
  }

  /** Returns a duration in whole hours, or in minutes where it is shorter than one. */
  public static String hours(Duration duration) {
    return duration.toHours() == 0
        ? duration.toMinutes() + " min"
        : number(duration.toHours()) + " h";
  }

  /** Returns a date. */
  public static String date(LocalDate date) {
    return DATE.format(date);
  }

  /** Returns date and time of a moment in a zone, to the minute. */
  public static String time(Instant moment, ZoneId zone) {
    return MINUTE.format(moment.atZone(zone));
  }

  /** Returns from when to when a period is. */
  public static String period(Period period) {
    return date(period.from()) + " to " + date(period.last()) + ", days of " + zone(period.zone());
  }

  /** Returns a zone by its name. */
  public static String zone(ZoneId zone) {
    return zone.getId().equals("Z") ? "UTC" : zone.getId();
  }

  /** Returns a weekday, Monday for 0. */
  public static String weekday(int day) {
    return DayOfWeek.of(day + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }

  /** Returns how dark a field of the week is, 0 to 9, next to the greatest of all. */
  public static int heat(long value, List<List<Long>> week) {
    long most = week.stream().flatMap(List::stream).mapToLong(Long::longValue).max().orElse(0);
    return most == 0 ? 0 : (int) ((value * 9 + most - 1) / most);
  }
}

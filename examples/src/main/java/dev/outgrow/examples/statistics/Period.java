package dev.outgrow.examples.statistics;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.Steps;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * Whole days of a zone, up to the day of the newest session.
 *
 * <p><em>Immutable.</em>
 *
 * @param from the first day
 * @param to the first day after it
 * @param zone whose days they are
 * @since 0.1
 */
public record Period(LocalDate from, LocalDate to, ZoneId zone) {
  /** How many days a page can be asked for. */
  public static final List<Integer> LENGTHS = List.of(7, 30, 90, 365);

  /** How many days a page shows if it is not asked: 30. */
  public static final int USUAL = 30;

  /** Refuses a period without a day. */
  public Period {
    if (!from.isBefore(to)) {
      throw new ConfigurationException("The end of a period", to.toString(), "after " + from);
    }
  }

  /** Returns the days that end with this one. */
  public static Period endingWith(LocalDate last, int days, ZoneId zone) {
    return new Period(last.minusDays(days - 1L), last.plusDays(1), zone);
  }

  /** Returns the last day. */
  public LocalDate last() {
    return to.minusDays(1);
  }

  /** Returns how many days. */
  public int length() {
    return Math.toIntExact(to.toEpochDay() - from.toEpochDay());
  }

  Steps days() {
    return Steps.days(from, to, zone);
  }

  /** Returns its first moment, in seconds of the epoch. */
  long begin() {
    return from.atStartOfDay(zone).toEpochSecond();
  }

  /** Returns the first second after it, of the epoch. */
  long end() {
    return to.atStartOfDay(zone).toEpochSecond();
  }
}

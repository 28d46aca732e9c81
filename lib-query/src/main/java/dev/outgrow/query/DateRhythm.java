package dev.outgrow.query;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** Days and what is made of days, in a zone. */
record DateRhythm(CalendarUnit unit, ZoneId zone, DayOfWeek firstOfWeek) implements Step.Rhythm {

  @Override
  public Instant begin(Instant moment) {
    Instant begin = at(floor(moment.atZone(zone).toLocalDate()));
    // Clocks put back over midnight show yesterday again: that belongs to the day that has begun.
    Instant next = next(begin);
    return next.isAfter(moment) ? begin : next;
  }

  @Override
  public Instant next(Instant begin) {
    return at(plusOne(floor(begin.atZone(zone).toLocalDate())));
  }

  private Instant at(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  private LocalDate floor(LocalDate date) {
    return switch (unit) {
      case HOUR, DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(firstOfWeek));
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  private LocalDate plusOne(LocalDate date) {
    return switch (unit) {
      case HOUR, DAY -> date.plusDays(1);
      case WEEK -> date.plusWeeks(1);
      case MONTH -> date.plusMonths(1);
      case QUARTER -> date.plusMonths(3);
      case YEAR -> date.plusYears(1);
    };
  }
}

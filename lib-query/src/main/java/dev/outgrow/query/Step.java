package dev.outgrow.query;

import dev.outgrow.error.ConfigurationException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * How long the steps of a series are: a unit of the calendar in a zone, or always the same time.
 *
 * <pre>{@code
 * Step.days(ZoneId.of("America/New_York"))    // 23 hours long on 9 March 2025
 * Step.of(Duration.ofMinutes(15))
 * }</pre>
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Step {
  private final Rhythm rhythm;

  private Step(Rhythm rhythm) {
    this.rhythm = rhythm;
  }

  /** When steps begin. */
  interface Rhythm {
    /** Returns the beginning of the step that holds a moment. */
    Instant begin(Instant moment);

    /** Returns the beginning of the step after the one that begins here. */
    Instant next(Instant begin);
  }

  /**
   * Steps of a unit of the calendar; weeks begin on Monday. A change of a zone's clocks by less
   * than an hour begins a new hour.
   */
  public static Step of(CalendarUnit unit, ZoneId zone) {
    return unit == CalendarUnit.HOUR
        ? new Step(new HourRhythm(zone.getRules()))
        : new Step(new DateRhythm(unit, zone, DayOfWeek.MONDAY));
  }

  /** Steps of one day. */
  public static Step days(ZoneId zone) {
    return of(CalendarUnit.DAY, zone);
  }

  /** Steps of one week that begin on this weekday. */
  public static Step weeks(ZoneId zone, DayOfWeek first) {
    return new Step(new DateRhythm(CalendarUnit.WEEK, zone, first));
  }

  /**
   * Steps of the same time, the first of which begins where the series does.
   *
   * @throws ConfigurationException unless it is whole seconds, at least one
   */
  public static Step of(Duration length) {
    if (!length.equals(length.truncatedTo(ChronoUnit.SECONDS)) || length.toSeconds() < 1) {
      throw new ConfigurationException(
          "The length of a step", length.toString(), "whole seconds, at least 1");
    }
    return new Step(new EvenRhythm(length));
  }

  Rhythm rhythm() {
    return rhythm;
  }

  private record EvenRhythm(Duration length) implements Rhythm {
    @Override
    public Instant begin(Instant moment) {
      return moment;
    }

    @Override
    public Instant next(Instant begin) {
      return begin.plus(length);
    }
  }
}

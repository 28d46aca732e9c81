package dev.outgrow.query;

/**
 * A unit of the calendar. Its length depends on the zone and the date: the day on which clocks go
 * forward has 23 hours.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum CalendarUnit {
  /** From one full hour on the clocks to the next. */
  HOUR,
  /** From midnight to midnight, or from the first moment of a date where midnight is skipped. */
  DAY,
  /** Seven days. */
  WEEK,
  /** A month. */
  MONTH,
  /** Three months, from January, April, July or October. */
  QUARTER,
  /** A year. */
  YEAR
}

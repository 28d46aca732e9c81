package dev.outgrow.query;

/**
 * A number that calendars and clocks show.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum DatePart {
  /** The year. */
  YEAR("year", "%Y"),
  /** 1 to 4. */
  QUARTER("quarter", "%m"),
  /** 1 to 12. */
  MONTH("month", "%m"),
  /** The day of the month, 1 to 31. */
  DAY("day", "%d"),
  /** The day of the week, from 1 for Monday to 7 for Sunday, as {@link java.time.DayOfWeek}. */
  WEEKDAY("isodow", "%u"),
  /** The day of the year, 1 to 366. */
  DAY_OF_YEAR("doy", "%j"),
  /** The number of the ISO week, 1 to 53; its year is {@link #WEEK_YEAR}. */
  WEEK("week", "%V"),
  /** The year that the ISO week belongs to. */
  WEEK_YEAR("isoyear", "%G"),
  /** 0 to 23. */
  HOUR("hour", "%H"),
  /** 0 to 59. */
  MINUTE("minute", "%M"),
  /** 0 to 59. */
  SECOND("second", "%S");

  private final String postgres;
  private final String sqlite;

  DatePart(String postgres, String sqlite) {
    this.postgres = postgres;
    this.sqlite = sqlite;
  }

  /** Returns the word for PostgreSQL's {@code extract}. */
  String postgres() {
    return postgres;
  }

  /** Returns the pattern for SQLite's {@code strftime}, of the month in place of a quarter. */
  String sqlite() {
    return sqlite;
  }
}

package dev.outgrow.importer.source;

import java.util.Optional;

/**
 * A date, a time, or both, read from text in the formats that SQLite's own functions write and
 * read: {@code YYYY-MM-DD}, {@code HH:MM:SS} with up to six decimals, both with a blank or a {@code
 * T} between them, there also without seconds, and then a zone, {@code Z} or {@code ±HH:MM}.
 *
 * <p>Years are 0000 to 9999, and -0001 to -4713 as SQLite's functions write them: 0000 is the one
 * before 0001. The first day is -4713-11-24, as it is in both SQLite and PostgreSQL. Hours are 0 to
 * 23, seconds 0 to 59, zones up to 15:59 either way; a day must exist. Anything else is not read,
 * so that nothing is guessed.
 *
 * <p><em>Immutable.</em>
 *
 * @param form which of the formats it is
 * @param epochDay days since 1970-01-01; 0 for a time
 * @param microsOfDay microseconds since midnight; 0 for a date
 * @param offsetMinutes how far its zone is ahead of UTC; 0 without one
 * @param layout equal for texts that have every part alike, so that equal moments are equal texts
 * @since 0.1
 */
public record IsoText(Form form, long epochDay, long microsOfDay, int offsetMinutes, long layout) {
  private static final long DAY_OF_YEAR_1 = -719_162;
  private static final long DAY_OF_YEAR_10000 = 2_932_897;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  private static final long MICROS_PER_DAY = 24 * 60 * MICROS_PER_MINUTE;

  /** The formats. */
  public enum Form {
    /** A day. */
    DATE,
    /** A time of day. */
    TIME,
    /** A day and a time. */
    LOCAL,
    /** A day, a time and a zone. */
    ZONED
  }

  /** Reads a text; returns nothing where it is in none of the formats. */
  public static Optional<IsoText> parse(byte[] text) {
    return new IsoReader(text).read();
  }

  /**
   * Returns whether it is in the years 1 to 9999, in UTC where it has a zone. PostgreSQL writes
   * what is before with {@code BC}, which no program reads that wrote {@code -0044-03-15}.
   */
  public boolean isInFourDigits() {
    long utcDay =
        epochDay + Math.floorDiv(microsOfDay - offsetMinutes * MICROS_PER_MINUTE, MICROS_PER_DAY);
    return utcDay >= DAY_OF_YEAR_1 && utcDay < DAY_OF_YEAR_10000;
  }

  /**
   * Returns microseconds since the beginning of a day, in UTC where it has a zone. From 1970 on
   * they would not reach to the year 294276, PostgreSQL's last; from 2000 on they do.
   *
   * @param originDay the day, as days since 1970-01-01
   * @throws ArithmeticException beyond 64 bits
   */
  public long microsSince(long originDay) {
    long days = Math.multiplyExact(epochDay - originDay, MICROS_PER_DAY);
    return Math.addExact(days, microsOfDay - offsetMinutes * MICROS_PER_MINUTE);
  }
}

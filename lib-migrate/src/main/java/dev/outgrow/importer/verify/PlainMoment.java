package dev.outgrow.importer.verify;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads the spellings of a moment in which nearly all are: {@code 2024-02-29}, and {@code
 * 2024-02-29 10:00:00} with a {@code T} for the blank, up to six decimals, and {@code Z} or {@code
 * +00:00} behind. The JDK's formats read the same, and every other, but need a hundred objects for
 * each.
 *
 * <p>Which days exist the JDK's calendar says here, too.
 */
final class PlainMoment {
  /** What is returned for every other text; no moment has so many microseconds. */
  static final long NONE = Long.MIN_VALUE;

  static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long FIRST = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final int DATE = "YYYY-MM-DD".length();
  private static final int SECONDS = "YYYY-MM-DD HH:MM:SS".length();
  private static final int MOST_DECIMALS = 6;
  private static final int NO_NUMBER = -1;

  private PlainMoment() {}

  /** Returns the microseconds since 2000-01-01 00:00 of what is in UTC or names no zone. */
  static long micros(byte[] text) {
    long day = text.length < DATE ? NONE : day(text);
    if (day == NONE || text.length == DATE) {
      return day;
    }
    boolean separated = text[DATE] == ' ' || text[DATE] == 'T';
    if (!separated || text.length < SECONDS || text[13] != ':' || text[16] != ':') {
      return NONE;
    }
    int hour = two(text, 11);
    int minute = two(text, 14);
    int second = two(text, 17);
    int fraction = fraction(text);
    boolean exists = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
    return exists && second < 60 && fraction >= 0
        ? day + ((hour * 60 + minute) * 60 + second) * 1_000_000L + fraction
        : NONE;
  }

  private static long day(byte[] text) {
    int century = two(text, 0);
    int year = two(text, 2);
    int month = two(text, 5);
    int day = two(text, 8);
    boolean spelled = century >= 0 && year >= 0 && text[4] == '-' && text[7] == '-';
    if (!spelled || month < 1 || month > 12 || day < 1 || day > 31) {
      return NONE;
    }
    try {
      LocalDate date = LocalDate.of(century * 100 + year, month, day);
      return (date.toEpochDay() - FIRST) * MICROS_OF_DAY;
    } catch (DateTimeException e) {
      return NONE; // a day that this month has not
    }
  }

  /** Returns the microseconds behind the seconds, if nothing but a zone follows that is UTC. */
  private static int fraction(byte[] text) {
    int end = text.length - zone(text);
    if (end == SECONDS) {
      return 0;
    }
    int digits = end - SECONDS - 1;
    if (text[SECONDS] != '.' || digits < 1 || digits > MOST_DECIMALS) {
      return NO_NUMBER;
    }
    int value = 0;
    for (int i = 0; i < MOST_DECIMALS; i++) {
      int digit = i < digits ? text[SECONDS + 1 + i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return NO_NUMBER;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Returns how many bytes at the end say that it is in UTC. */
  private static int zone(byte[] text) {
    int end = text.length;
    if (end > SECONDS && text[end - 1] == 'Z') {
      return 1;
    }
    boolean utc =
        end >= SECONDS + 6
            && text[end - 6] == '+'
            && two(text, end - 5) == 0
            && text[end - 3] == ':'
            && two(text, end - 2) == 0;
    return utc ? 6 : 0;
  }

  /** Returns the number that two digits are, or one below 0. */
  private static int two(byte[] text, int at) {
    int first = text[at] - '0';
    int second = text[at + 1] - '0';
    boolean digits = first >= 0 && first <= 9 && second >= 0 && second <= 9;
    return digits ? first * 10 + second : NO_NUMBER;
  }
}

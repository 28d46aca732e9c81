package dev.outgrow.importer.source;

import dev.outgrow.importer.source.IsoText.Form;
import java.util.Optional;

/** Goes through one text that may be a date, a time, or both. Used once. */
final class IsoReader {
  private static final int WRONG = -1;
  private static final int MOST_DECIMALS = 6;
  private static final int MOST_ZONE_HOURS = 15;
  private static final int LAST_YEAR = 9999;
  private static final int YEARS_BEFORE_0 = 4713;

  /** -4713-11-24: no day before it has a Julian day in SQLite, or is a day in PostgreSQL. */
  static final long FIRST_DAY = -2_440_588;

  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final byte[] text;
  private int at;
  private boolean wrong;

  IsoReader(byte[] text) {
    this.text = text;
  }

  Optional<IsoText> read() {
    if (text.length > 2 && text[2] == ':') {
      long micros = time(true);
      return whole() ? of(Form.TIME, 0, micros, 0, 0) : Optional.empty();
    }
    long day = date();
    if (whole()) {
      return of(Form.DATE, day, 0, 0, 0);
    }
    int separator = at;
    if (!accept(' ') && !accept('T')) {
      return Optional.empty();
    }
    long micros = time(false);
    if (whole()) {
      return of(Form.LOCAL, day, micros, 0, text[separator]);
    }
    int zone = at;
    int offset = zone();
    boolean tooEarly = day == FIRST_DAY && micros < offset * 60_000_000L; // in UTC
    return whole() && !tooEarly
        ? of(Form.ZONED, day, micros, offset, layout(separator, zone, offset))
        : Optional.empty();
  }

  private Optional<IsoText> of(Form form, long day, long micros, int offset, long layout) {
    return Optional.of(new IsoText(form, day, micros, offset, layout << Byte.SIZE | text.length));
  }

  /** The sign tells -00:00 from +00:00; how far ahead the zone is, all its other digits. */
  private long layout(int separator, int zone, int offset) {
    int sign = text[zone] == ' ' ? text[zone + 1] : text[zone];
    int length = text.length - zone;
    return ((offset * 256L + sign) * 256 + length) * 256 + text[separator];
  }

  private boolean whole() {
    return !wrong && at == text.length;
  }

  private long date() {
    boolean before0 = accept('-');
    int year = before0 ? -number(4, 1, YEARS_BEFORE_0) : number(4, 0, LAST_YEAR);
    expect('-');
    int month = number(2, 1, 12);
    expect('-');
    int day = number(2, 1, wrong ? 0 : daysOf(year, month));
    long epochDay = wrong ? 0 : epochDay(year, month, day);
    wrong |= epochDay < FIRST_DAY;
    return epochDay;
  }

  private long time(boolean withSeconds) {
    long seconds = number(2, 0, 23) * 3600L;
    expect(':');
    seconds += number(2, 0, 59) * 60L;
    if (!withSeconds && (at == text.length || text[at] != ':')) {
      return seconds * 1_000_000;
    }
    expect(':');
    seconds += number(2, 0, 59);
    return seconds * 1_000_000 + (accept('.') ? decimals() : 0);
  }

  private int decimals() {
    int value = 0;
    int digits = 0;
    while (at < text.length && isDigit(text[at]) && digits <= MOST_DECIMALS) {
      value = value * 10 + text[at++] - '0';
      digits++;
    }
    wrong |= digits == 0 || digits > MOST_DECIMALS;
    for (int i = digits; i < MOST_DECIMALS; i++) {
      value *= 10;
    }
    return value;
  }

  /** SQLite lets a blank stand before the zone. */
  private int zone() {
    accept(' ');
    if (accept('Z')) {
      return 0;
    }
    boolean behind = accept('-');
    if (!behind) {
      expect('+');
    }
    int hours = number(2, 0, MOST_ZONE_HOURS);
    expect(':');
    int minutes = hours * 60 + number(2, 0, 59);
    return behind ? -minutes : minutes;
  }

  private int number(int digits, int least, int most) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      if (wrong || at == text.length || !isDigit(text[at])) {
        wrong = true;
        return WRONG;
      }
      value = value * 10 + text[at++] - '0';
    }
    wrong |= value < least || value > most;
    return value;
  }

  private void expect(char c) {
    wrong |= !accept(c);
  }

  private boolean accept(char c) {
    boolean there = at < text.length && text[at] == c;
    at += there ? 1 : 0;
    return there;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static int daysOf(int year, int month) {
    return month == 2 && isLeap(year) ? 29 : DAYS[month - 1];
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Counts from March on, so that a leap day is the last of its year. */
  private static long epochDay(int year, int month, int day) {
    int years = month > 2 ? year : year - 1;
    int months = (month + 9) % 12;
    long days =
        365L * years
            + Math.floorDiv(years, 4)
            - Math.floorDiv(years, 100)
            + Math.floorDiv(years, 400);
    return days + (153L * months + 2) / 5 + day - 1 - 719_468;
  }
}

package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.TargetType.Base;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;

/** Days and times as text. <em>Not thread-safe.</em> */
final class MomentText {
  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;
  private static final int MOST_DECIMALS = 6;
  private static final int ROOM = 48;

  private final Spelling spelling;
  private final byte[] buffer = new byte[ROOM];
  private int at;
  private long lastDay = Long.MIN_VALUE;

  MomentText(Spelling spelling) {
    this.spelling = spelling;
  }

  /** Puts microseconds of the years 1 to 9999 since 1970, or of a day. */
  void put(Base base, long micros, CellSink sink) {
    write(base, micros);
    sink.text(buffer, 0, at);
  }

  /** Returns what {@link #put} puts. */
  String of(Base base, long micros) {
    write(base, micros);
    return new String(buffer, 0, at, StandardCharsets.US_ASCII);
  }

  private void write(Base base, long micros) {
    at = 0;
    if (base != Base.TIME) {
      day(Math.floorDiv(micros, DAY_MICROS));
    }
    if (base == Base.DATE) {
      return;
    }
    if (base != Base.TIME) {
      buffer[at++] = (byte) spelling.separator();
    }
    time(Math.floorMod(micros, DAY_MICROS));
    if (base == Base.TIMESTAMPTZ) {
      String zone = spelling.zone().isEmpty() ? "Z" : spelling.zone();
      for (int i = 0; i < zone.length(); i++) {
        buffer[at++] = (byte) zone.charAt(i);
      }
    }
  }

  /** Many rows in a row are of one day. */
  private void day(long day) {
    if (day != lastDay) {
      LocalDate date = LocalDate.ofEpochDay(day);
      two(0, date.getYear() / 100);
      two(2, date.getYear() % 100);
      buffer[4] = '-';
      two(5, date.getMonthValue());
      buffer[7] = '-';
      two(8, date.getDayOfMonth());
      lastDay = day;
    }
    at = 10;
  }

  private void time(long micros) {
    int seconds = (int) (micros / MICROS);
    long fraction = micros % MICROS;
    if (at == 0) {
      lastDay = Long.MIN_VALUE; // a time alone overwrites the day
    }
    pair(seconds / 3600);
    buffer[at++] = ':';
    pair(seconds / 60 % 60);
    if (spelling.seconds() || micros % (60 * MICROS) != 0) {
      buffer[at++] = ':';
      pair(seconds % 60);
      fraction(fraction);
    }
  }

  private void fraction(long micros) {
    int digits = Math.max(spelling.decimals(), needed(micros));
    if (digits == 0) {
      return;
    }
    buffer[at++] = '.';
    long unit = MICROS / 10;
    for (int i = 0; i < digits; i++) {
      buffer[at++] = (byte) ('0' + (unit == 0 ? 0 : micros / unit % 10));
      unit /= 10;
    }
  }

  private static int needed(long micros) {
    int digits = micros == 0 ? 0 : MOST_DECIMALS;
    for (long rest = micros; digits > 0 && rest % 10 == 0; rest /= 10) {
      digits--;
    }
    return digits;
  }

  private void pair(int value) {
    two(at, value);
    at += 2;
  }

  private void two(int place, int value) {
    buffer[place] = (byte) ('0' + value / 10);
    buffer[place + 1] = (byte) ('0' + value % 10);
  }

  /** Returns what PostgreSQL shows of a year before 1 or after 9999, or of the end of a day. */
  String odd(Base base, long micros) {
    if (base == Base.TIME) {
      return "24:00:00";
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY_MICROS));
    boolean before = date.getYear() < 1;
    int year = before ? 1 - date.getYear() : date.getYear();
    String day =
        String.format(
            Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    String time = "";
    if (base != Base.DATE) {
      MomentText usual = new MomentText(Spelling.USUAL);
      time = " " + usual.of(Base.TIME, Math.floorMod(micros, DAY_MICROS));
    }
    return day + time + (base == Base.TIMESTAMPTZ ? "+00" : "") + (before ? " BC" : "");
  }
}

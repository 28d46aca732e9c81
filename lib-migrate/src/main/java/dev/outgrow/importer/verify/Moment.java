package dev.outgrow.importer.verify;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * Days and times as verification reads them from the source and shows those of the target: by the
 * JDK's own calendar, and counted from 2000-01-01 on as PostgreSQL sends them.
 */
final class Moment {
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final long SECONDS_TO_FIRST = FIRST.toEpochDay() * 86_400;
  private static final long MICROS = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private static final DateTimeFormatter TIME =
      strict(
          new DateTimeFormatterBuilder()
              .appendPattern("HH:mm[:ss]")
              .optionalStart()
              .appendFraction(ChronoField.NANO_OF_SECOND, 1, 6, true)
              .optionalEnd());
  private static final DateTimeFormatter MOMENT =
      strict(
          new DateTimeFormatterBuilder()
              .appendPattern("uuuu-MM-dd")
              .optionalStart()
              .appendPattern("[' ']['T']")
              .append(TIME)
              .appendPattern("[' '][XXX]")
              .optionalEnd());

  private Moment() {}

  /** Returns the days of a date, or nothing where the text is none. */
  static OptionalLong days(byte[] text) {
    long plain = PlainMoment.micros(text);
    if (plain == PlainMoment.NONE) {
      return read(MOMENT, text, m -> dayOf(m) - FIRST.toEpochDay());
    }
    return plain % PlainMoment.MICROS_OF_DAY == 0
        ? OptionalLong.of(plain / PlainMoment.MICROS_OF_DAY)
        : OptionalLong.empty();
  }

  /** A time within the day is not the day. */
  private static long dayOf(TemporalAccessor moment) {
    LocalTime time = moment.query(TemporalQueries.localTime());
    if (time != null && !time.equals(LocalTime.MIDNIGHT)) {
      throw new DateTimeException("Not a day alone");
    }
    return LocalDate.from(moment).toEpochDay();
  }

  /** Returns the microseconds of a time of day, or nothing where the text is none. */
  static OptionalLong time(byte[] text) {
    return read(TIME, text, t -> LocalTime.from(t).toNanoOfDay() / NANOS_PER_MICRO);
  }

  /**
   * Returns the microseconds of a moment, in UTC where it has a zone, or nothing where the text is
   * none.
   */
  static OptionalLong timestamp(byte[] text) {
    long plain = PlainMoment.micros(text);
    return plain == PlainMoment.NONE ? spelledTimestamp(text) : OptionalLong.of(plain);
  }

  /** The same in every spelling. */
  static OptionalLong spelledTimestamp(byte[] text) {
    return read(MOMENT, text, Moment::micros);
  }

  /** Returns what a text says, or nothing where it is no day, time or both. */
  static Optional<TemporalAccessor> parse(String text) {
    return parse(MOMENT, text).or(() -> parse(TIME, text));
  }

  private static Optional<TemporalAccessor> parse(DateTimeFormatter format, String text) {
    try {
      return Optional.of(format.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns the same of a moment that names no zone but UTC, else nothing. */
  static OptionalLong local(byte[] text) {
    long plain = PlainMoment.micros(text);
    return plain == PlainMoment.NONE
        ? read(MOMENT, text, Moment::localMicros)
        : OptionalLong.of(plain);
  }

  private static long localMicros(TemporalAccessor moment) {
    ZoneOffset zone = moment.query(TemporalQueries.offset());
    if (zone != null && !zone.equals(ZoneOffset.UTC)) {
      throw new DateTimeException("Of another zone");
    }
    return micros(moment);
  }

  private static long micros(TemporalAccessor moment) {
    LocalTime time = moment.query(TemporalQueries.localTime());
    ZoneOffset zone = moment.query(TemporalQueries.offset());
    Instant instant =
        LocalDate.from(moment)
            .atTime(time == null ? LocalTime.MIDNIGHT : time)
            .toInstant(zone == null ? ZoneOffset.UTC : zone);
    return (instant.getEpochSecond() - SECONDS_TO_FIRST) * MICROS
        + instant.getNano() / NANOS_PER_MICRO;
  }

  /** Returns a date of the target as a person reads it. */
  static String date(int days) {
    return FIRST.plusDays(days).toString();
  }

  /** Returns a time of the target as a person reads it. */
  static String time(long micros) {
    long seconds = Math.floorDiv(micros, MICROS);
    return seconds == 86_400 ? "24:00" : LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO).toString();
  }

  /** Returns a moment of the target as a person reads it, in UTC. */
  static String timestamp(long micros) {
    long seconds = Math.floorDiv(micros, MICROS) + SECONDS_TO_FIRST;
    int nanos = (int) (Math.floorMod(micros, MICROS) * NANOS_PER_MICRO);
    return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).toString();
  }

  private static OptionalLong read(
      DateTimeFormatter format, byte[] text, ToLongFunction<TemporalAccessor> by) {
    try {
      String characters = new String(text, StandardCharsets.UTF_8);
      return OptionalLong.of(by.applyAsLong(format.parse(characters)));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
    return builder
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT)
        .withChronology(IsoChronology.INSTANCE);
  }
}

package dev.outgrow.query;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** How a column keeps moments. Constants are inlined: only equal text is equal to GROUP BY. */
enum Storage {
  EPOCH_SECONDS(1),
  EPOCH_MILLIS(1_000),
  INSTANT(1_000_000),
  OFFSET(1_000_000);

  private static final long MICROS_PER_SECOND = 1_000_000;

  // jOOQ's own text of an Instant, which sorts as the moments do: '+' comes before '.'.
  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .appendLiteral("+00:00")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final long perSecond;

  Storage(long perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether it is a whole number, that counts from 1970. */
  boolean epoch() {
    return this == EPOCH_SECONDS || this == EPOCH_MILLIS;
  }

  /** Microseconds since 1970. */
  Field<Long> micros(Field<?> column) {
    if (epoch()) {
      return field(
          "(cast({0} as bigint) * {1})", Long.class, column, inline(MICROS_PER_SECOND / perSecond));
    }
    return PerBackend.field(
        SQLDataType.BIGINT,
        field("cast(extract(epoch from {0}) * 1000000 as bigint)", column),
        textMicros(column));
  }

  /** PostgreSQL's {@code timestamptz}. */
  Field<?> timestamptz(Field<?> column) {
    return switch (this) {
      case EPOCH_SECONDS -> field("to_timestamp({0})", column);
      case EPOCH_MILLIS -> field("to_timestamp({0} / 1000.0)", column);
      case INSTANT, OFFSET -> column;
    };
  }

  /** What can be compared with {@link #literal}; on SQLite offsets keep texts from sorting. */
  Field<?> comparable(Field<?> column) {
    return this == OFFSET
        ? PerBackend.field(SQLDataType.OTHER, column, textMicros(column))
        : column;
  }

  /** The first value of a column that is not before this moment. */
  Field<?> literal(Instant moment) {
    long units = units(moment);
    if (epoch()) {
      return inline(units);
    }
    String text = text(moment);
    return PerBackend.field(
        SQLDataType.OTHER,
        field("{0}::timestamptz", inline(text)),
        this == OFFSET ? inline(units) : inline(text));
  }

  /** The same, written as an element of one of PostgreSQL's arrays. */
  String element(Instant moment) {
    return epoch() ? Long.toString(units(moment)) : '"' + text(moment) + '"';
  }

  /** The type of those elements. */
  String elementType() {
    return epoch() ? "bigint" : "timestamptz";
  }

  /** The first value of a column of numbers that is not before this moment. */
  long units(Instant moment) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, upToMicros(moment));
    long unit = MICROS_PER_SECOND / perSecond;
    return -Math.floorDiv(-micros, unit);
  }

  /** A moment as jOOQ writes it into SQLite, and as PostgreSQL reads it. */
  static String text(Instant moment) {
    return TEXT.format(upToMicros(moment));
  }

  private static Instant upToMicros(Instant moment) {
    Instant down = moment.truncatedTo(ChronoUnit.MICROS);
    return down.equals(moment) ? down : down.plus(1, ChronoUnit.MICROS);
  }

  private static Field<Long> textMicros(Field<?> column) {
    return field(TextMicros.NAME + "({0})", Long.class, column);
  }
}

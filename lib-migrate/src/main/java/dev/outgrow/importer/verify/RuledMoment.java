package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments, days and times as verification reads them where a rule says how: by the JDK's calendar
 * from the moment the count begins with, or by its formats. The answer is what PostgreSQL sends.
 */
final class RuledMoment {
  private static final Pattern FINE = Pattern.compile("(.*\\.\\d{6})(\\d{1,3})((?!\\d).*)?");
  private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final LocalDateTime NOON_OF_DAY_0 = LocalDateTime.of(-4713, 11, 24, 12, 0);
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private final TargetType type;
  private final Reading reading;

  RuledMoment(TargetType type, Reading reading) {
    this.type = type;
    this.reading = reading;
  }

  /** Returns the word PostgreSQL sends of a cell, or nothing where it has no meaning. */
  OptionalLong of(SourceRow row, int column, Optional<BigDecimal> number) {
    try {
      return reading.form().isCount()
          ? number.map(n -> counted(row, column, n)).orElse(OptionalLong.empty())
          : written(row, column);
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty(); // outside of every calendar
    }
  }

  private OptionalLong counted(SourceRow row, int column, BigDecimal number) {
    if (number.precision() - number.scale() > 40) {
      return OptionalLong.empty();
    }
    boolean julian = reading.form() == Reading.Form.JULIAN_DAY;
    BigDecimal seconds =
        julian && row.storageClass(column) == StorageClass.REAL
            ? julianSeconds(row.real(column))
            : number.multiply(new BigDecimal(secondsOfOne()));
    BigInteger[] micros =
        seconds
            .movePointRight(6)
            .setScale(0, RoundingMode.HALF_EVEN)
            .toBigInteger()
            .divideAndRemainder(MILLION);
    Instant moment =
        origin()
            .plusSeconds(micros[0].longValueExact())
            .plus(micros[1].longValueExact(), ChronoUnit.MICROS);
    return OptionalLong.of(word(moment));
  }

  /** The nearest millisecond; the whole days and the rest are each exact as they are. */
  private static BigDecimal julianSeconds(double days) {
    double whole = Math.floor(days);
    return new BigDecimal(days - whole)
        .multiply(new BigDecimal(86_400))
        .setScale(3, RoundingMode.HALF_UP)
        .add(new BigDecimal(whole).multiply(new BigDecimal(86_400)));
  }

  private String secondsOfOne() {
    return switch (reading.form()) {
      case EPOCH_MILLIS -> "1e-3";
      case EPOCH_MICROS, WEBKIT_MICROS -> "1e-6";
      case EPOCH_NANOS, APPLE_NANOS -> "1e-9";
      case JULIAN_DAY -> "86400";
      default -> "1";
    };
  }

  private Instant origin() {
    return switch (reading.form()) {
      case APPLE_SECONDS, APPLE_NANOS -> Instant.parse("2001-01-01T00:00:00Z");
      case WEBKIT_MICROS -> Instant.parse("1601-01-01T00:00:00Z");
      case JULIAN_DAY -> NOON_OF_DAY_0.toInstant(ZoneOffset.UTC);
      default -> Instant.EPOCH;
    };
  }

  private long word(Instant moment) {
    return type.base() == TargetType.Base.TIMESTAMPTZ
        ? micros(FIRST, moment.atOffset(ZoneOffset.UTC).toLocalDateTime())
        : word(moment.atZone(zone()).toLocalDateTime());
  }

  private long word(LocalDateTime shown) {
    return switch (type.base()) {
      case DATE -> ChronoUnit.DAYS.between(FIRST.toLocalDate(), shown.toLocalDate());
      case TIME -> ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, shown.toLocalTime());
      default -> micros(FIRST, shown);
    };
  }

  private static long micros(LocalDateTime from, LocalDateTime to) {
    Duration between = Duration.between(from, to);
    return Math.addExact(
        Math.multiplyExact(between.getSeconds(), 1_000_000L), between.getNano() / 1_000);
  }

  private ZoneId zone() {
    return reading.zone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(reading.zone());
  }

  private OptionalLong written(SourceRow row, int column) {
    if (row.storageClass(column) != StorageClass.TEXT) {
      return OptionalLong.empty();
    }
    String text = new String(row.bytes(column), StandardCharsets.UTF_8);
    Matcher fine = FINE.matcher(text);
    if (!fine.matches()) {
      return word(text, 0);
    }
    String kept = fine.group(1);
    String rest = fine.group(3) == null ? "" : fine.group(3);
    return word(kept + rest, carry(kept.substring(kept.length() - 1), fine.group(2)));
  }

  /** What rounding adds to the last digit that is kept. */
  private static int carry(String lastDigit, String dropped) {
    return new BigDecimal(lastDigit + "." + dropped)
        .setScale(0, RoundingMode.HALF_EVEN)
        .subtract(new BigDecimal(lastDigit))
        .intValueExact();
  }

  private OptionalLong word(String text, int carry) {
    Optional<TemporalAccessor> said = Moment.parse(text);
    return said.isPresent() ? OptionalLong.of(word(said.get(), carry)) : OptionalLong.empty();
  }

  private long word(TemporalAccessor said, int carry) {
    LocalDate day = said.query(TemporalQueries.localDate());
    LocalTime time = said.query(TemporalQueries.localTime());
    ZoneOffset offset = said.query(TemporalQueries.offset());
    if (day == null) {
      return ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, LocalTime.from(said)) + carry;
    }
    LocalDateTime shown =
        day.atTime(time == null ? LocalTime.MIDNIGHT : time).plus(carry, ChronoUnit.MICROS);
    if (offset != null) {
      return word(shown.toInstant(offset));
    }
    return type.base() == TargetType.Base.TIMESTAMPTZ ? word(meant(shown)) : word(shown);
  }

  private Instant meant(LocalDateTime shown) {
    ZonedDateTime zoned = shown.atZone(zone());
    return (reading.overlap() == Reading.Overlap.LATER
            ? zoned.withLaterOffsetAtOverlap()
            : zoned.withEarlierOffsetAtOverlap())
        .toInstant();
  }
}

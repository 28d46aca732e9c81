package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.ZoneId;

/** Moments that are stored as a count of seconds, days or the like since some other moment. */
final class CountedMoments implements MomentReader {
  private static final BigInteger FIRST = BigInteger.valueOf(Clock.FIRST);
  private static final BigInteger AFTER_LAST = BigInteger.valueOf(Clock.AFTER_LAST);
  private static final long DAYS_1970 = -10_957;
  private static final int MOST_MAGNITUDE = 40;

  /** Half a day more than the days from noon of day 0 to midnight of the last day before 2000. */
  private static final BigDecimal JULIAN_2000 = new BigDecimal("2451544.5");

  private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000);

  private final Reading reading;
  private final Complaint complaint;
  private final Numerals numerals;
  private final Clock clock;
  private final BigDecimal unit;
  private final BigDecimal origin;

  CountedMoments(Reading reading, Complaint complaint) {
    this.reading = reading;
    this.complaint = complaint;
    this.numerals = new Numerals(complaint);
    this.clock = new Clock(zone(reading), reading, complaint);
    this.unit = unit(reading.form());
    this.origin = BigDecimal.valueOf(originDay(reading.form()) * Clock.MICROS_PER_DAY);
  }

  private static ZoneId zone(Reading reading) {
    return ZoneId.of(reading.zone().isEmpty() ? "UTC" : reading.zone());
  }

  /** Microseconds that one of the count stands for. */
  private static BigDecimal unit(Reading.Form form) {
    return switch (form) {
      case EPOCH_SECONDS, APPLE_SECONDS -> BigDecimal.valueOf(Clock.MICROS_PER_SECOND);
      case EPOCH_MILLIS -> BigDecimal.valueOf(1_000);
      case EPOCH_MICROS, WEBKIT_MICROS -> BigDecimal.ONE;
      case EPOCH_NANOS, APPLE_NANOS -> new BigDecimal("0.001");
      case JULIAN_DAY -> BigDecimal.valueOf(Clock.MICROS_PER_DAY);
      default -> throw new IllegalArgumentException(form.word() + " does not count");
    };
  }

  /** The day the count begins with, since 2000-01-01. */
  private static long originDay(Reading.Form form) {
    return switch (form) {
      case APPLE_SECONDS, APPLE_NANOS -> 366;
      case WEBKIT_MICROS -> -145_731;
      default -> DAYS_1970;
    };
  }

  @Override
  public long moment(SourceRow row, int column) {
    BigDecimal micros =
        reading.form() == Reading.Form.JULIAN_DAY ? julian(row, column) : counted(row, column);
    BigInteger rounded = micros.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    if (rounded.compareTo(FIRST) < 0 || rounded.compareTo(AFTER_LAST) >= 0) {
      throw complaint.of(row, "it lies outside the years -4713 to 294276");
    }
    if (!reading.round() && micros.compareTo(new BigDecimal(rounded)) != 0) {
      throw complaint.of(row, "it is finer than the microseconds PostgreSQL keeps");
    }
    return rounded.longValueExact();
  }

  private BigDecimal counted(SourceRow row, int column) {
    return count(row, column).multiply(unit).add(origin);
  }

  /**
   * SQLite keeps moments in milliseconds, and what {@code julianday()} answers is a millisecond
   * divided by those of a day: a real number stands for the millisecond it came from.
   */
  private BigDecimal julian(SourceRow row, int column) {
    if (row.storageClass(column) != StorageClass.REAL || !Double.isFinite(row.real(column))) {
      return count(row, column).subtract(JULIAN_2000).multiply(unit);
    }
    double days = row.real(column);
    if (Math.abs(days) > 1e12) {
      throw complaint.of(row, "it lies outside the years -4713 to 294276");
    }
    BigDecimal millis =
        new BigDecimal(days).multiply(MILLIS_PER_DAY).setScale(0, RoundingMode.HALF_UP);
    if (!reading.round() && millis.doubleValue() / 86_400_000.0 != days) {
      throw complaint.of(row, "it is finer than the milliseconds SQLite keeps in a julian day");
    }
    return millis
        .subtract(JULIAN_2000.multiply(MILLIS_PER_DAY))
        .multiply(BigDecimal.valueOf(1_000));
  }

  private BigDecimal count(SourceRow row, int column) {
    BigDecimal count = numerals.decimal(row, column);
    if (count.precision() - count.scale() > MOST_MAGNITUDE) {
      throw complaint.of(row, "it lies outside the years -4713 to 294276");
    }
    return count;
  }

  @Override
  public long local(SourceRow row, int column) {
    return clock.shown(row, moment(row, column));
  }

  @Override
  public int day(SourceRow row, int column) {
    long local = local(row, column);
    if (!reading.round() && Math.floorMod(local, Clock.MICROS_PER_DAY) != 0) {
      throw complaint.of(row, "it is not the beginning of a day");
    }
    return (int) Math.floorDiv(local, Clock.MICROS_PER_DAY);
  }

  @Override
  public long time(SourceRow row, int column) {
    long local = local(row, column);
    if (!reading.round() && Math.floorDiv(local, Clock.MICROS_PER_DAY) != DAYS_1970) {
      throw complaint.of(row, "it is not on the first day of 1970, as a time without a day is");
    }
    return Math.floorMod(local, Clock.MICROS_PER_DAY);
  }
}

package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.RealText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Days, times and moments, which PostgreSQL counts from 2000 on, as the count or the text that the
 * import read them from.
 */
final class MomentForm implements Form {
  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;
  private static final long FIRST_DAY = 10_957;
  private static final long FIRST_MICROS = FIRST_DAY * DAY_MICROS;
  private static final long YEAR_1 = -719_162 * DAY_MICROS;
  private static final long YEAR_10000 = 2_932_897 * DAY_MICROS;
  private static final long APPLE_SECONDS = 978_307_200;
  private static final long WEBKIT_SECONDS = -11_644_473_600L;
  private static final long JULIAN_MILLIS = 210_866_760_000_000L;
  private static final double DAY_MILLIS = 86_400_000;

  private final ExportColumn column;
  private final Base base;
  private final Reading reading;
  private final OddValues odd;
  private final MomentText text;
  private final ZoneId zone;

  MomentForm(ExportColumn column, OddValues odd) {
    this.column = column;
    this.base = column.type().base();
    this.reading = column.reading();
    this.odd = odd;
    this.text = new MomentText(column.spelling());
    this.zone = reading.zone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(reading.zone());
  }

  @Override
  public void put(byte[] bytes, int at, int length, CellSink sink) {
    if (base == Base.DATE) {
      int days = Forms.int32(bytes, at);
      if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
        infinite(days > 0, sink);
      } else {
        put((days + FIRST_DAY) * DAY_MICROS, sink);
      }
      return;
    }
    long micros = Forms.int64(bytes, at);
    if (base == Base.TIME) {
      put(micros, sink);
    } else if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      infinite(micros > 0, sink);
    } else {
      put(Math.addExact(micros, FIRST_MICROS), sink);
    }
  }

  private void infinite(boolean positive, CellSink sink) {
    odd.met();
    ascii(positive ? "infinity" : "-infinity", sink);
  }

  /** Puts microseconds since 1970, or of a day since its midnight. */
  private void put(long micros, CellSink sink) {
    if (reading.form().isCount()) {
      counted(base == Base.TIMESTAMPTZ ? micros : instant(micros), sink);
    } else if (micros < YEAR_1 || micros >= YEAR_10000 || isMidnightAfter(micros)) {
      odd.met();
      ascii(text.odd(base, micros), sink);
    } else if (base == Base.TIMESTAMPTZ && !reading.zone().isEmpty()) {
      ascii(shown(micros), sink);
    } else {
      text.put(base, micros, sink);
    }
  }

  private boolean isMidnightAfter(long micros) {
    return base == Base.TIME && micros == DAY_MICROS;
  }

  /** The clock of a zone, with the offset where the clock alone would be read as another moment. */
  private String shown(long micros) {
    Instant moment = ofMicros(micros);
    ZonedDateTime there = moment.atZone(zone);
    LocalDateTime clock = there.toLocalDateTime();
    boolean once = zone.getRules().getValidOffsets(clock).size() == 1;
    ZonedDateTime read =
        reading.overlap() == Reading.Overlap.LATER
            ? clock.atZone(zone).withLaterOffsetAtOverlap()
            : clock.atZone(zone).withEarlierOffsetAtOverlap();
    boolean clear =
        once || (reading.overlap() != Reading.Overlap.REFUSE && read.toInstant().equals(moment));
    long local = Math.addExact(micros, there.getOffset().getTotalSeconds() * MICROS);
    return text.of(Base.TIMESTAMP, local) + (clear ? "" : there.getOffset().getId());
  }

  private static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
  }

  /** The moment at which a clock of the zone shows this. */
  private long instant(long clockMicros) {
    if (zone.equals(ZoneOffset.UTC)) {
      return clockMicros;
    }
    LocalDateTime clock = LocalDateTime.ofInstant(ofMicros(clockMicros), ZoneOffset.UTC);
    Instant moment = clock.atZone(zone).toInstant();
    return moment.getEpochSecond() * MICROS + moment.getNano() / 1_000;
  }

  private void counted(long micros, CellSink sink) {
    switch (reading.form()) {
      case EPOCH_SECONDS -> units(micros, MICROS, sink);
      case EPOCH_MILLIS -> units(micros, 1_000, sink);
      case EPOCH_MICROS -> sink.integer(micros);
      case EPOCH_NANOS -> sink.integer(Math.multiplyExact(micros, 1_000L));
      case APPLE_SECONDS -> units(micros - APPLE_SECONDS * MICROS, MICROS, sink);
      case APPLE_NANOS -> sink.integer(Math.multiplyExact(micros - APPLE_SECONDS * MICROS, 1_000L));
      case WEBKIT_MICROS -> sink.integer(Math.subtractExact(micros, WEBKIT_SECONDS * MICROS));
      default -> julian(micros, sink);
    }
  }

  private void units(long micros, long unit, CellSink sink) {
    if (micros % unit == 0) {
      sink.integer(micros / unit);
      return;
    }
    BigDecimal exact = BigDecimal.valueOf(micros).divide(BigDecimal.valueOf(unit));
    double value = exact.doubleValue();
    if (RealText.decimal(value).compareTo(exact) != 0) {
      throw inexact();
    }
    sink.real(value);
  }

  /** What SQLite's julianday() answers for the millisecond. */
  private void julian(long micros, CellSink sink) {
    if (micros % 1_000 != 0) {
      throw inexact();
    }
    sink.real((micros / 1_000 + JULIAN_MILLIS) / DAY_MILLIS);
  }

  private TargetException inexact() {
    return new TargetException(
        "",
        List.of(),
        "Column "
            + column.target()
            + " holds a moment that cannot be written exactly as "
            + reading.form().word()
            + ".",
        "Give the column a rule with a finer unit, or round its moments in PostgreSQL.",
        null);
  }

  private static void ascii(String said, CellSink sink) {
    byte[] bytes = said.getBytes(StandardCharsets.US_ASCII);
    sink.text(bytes, 0, bytes.length);
  }
}

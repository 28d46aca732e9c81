package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.Overlap;
import dev.outgrow.importer.source.SourceRow;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Goes between moments and what a clock in one zone shows. */
final class Clock {
  static final long MICROS_PER_SECOND = 1_000_000;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  static final long SECONDS_TO_2000 = 946_684_800;
  static final long FIRST = -2_451_545 * MICROS_PER_DAY;
  static final long AFTER_LAST = 9_223_371_331_200_000_000L;

  private static final int NANOS_PER_MICRO = 1_000;

  private final ZoneId zone;
  private final Overlap overlap;
  private final boolean round;
  private final Complaint complaint;

  Clock(ZoneId zone, Reading reading, Complaint complaint) {
    this.zone = zone;
    this.overlap = reading.overlap();
    this.round = reading.round();
    this.complaint = complaint;
  }

  /** Returns what the clock shows at a moment, if it does not show the same at another one. */
  long shown(SourceRow row, long moment) {
    long seconds = Math.floorDiv(moment, MICROS_PER_SECOND) + SECONDS_TO_2000;
    int offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds + offset, 0, ZoneOffset.UTC);
    if (!round && zone.getRules().getValidOffsets(local).size() > 1) {
      throw complaint.of(row, "a clock in " + zone + " shows the same at another moment");
    }
    return inRange(row, moment + offset * MICROS_PER_SECOND);
  }

  /** Returns the moment at which the clock shows this. */
  long moment(SourceRow row, long shown) {
    long seconds = Math.floorDiv(shown, MICROS_PER_SECOND) + SECONDS_TO_2000;
    int nanos = (int) Math.floorMod(shown, MICROS_PER_SECOND) * NANOS_PER_MICRO;
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw complaint.of(row, "no clock in " + zone + " shows its time, which is skipped there");
    }
    if (offsets.size() > 1 && overlap == Overlap.REFUSE) {
      throw complaint.of(row, "a clock in " + zone + " shows its time twice");
    }
    ZoneOffset offset = offsets.get(overlap == Overlap.LATER ? offsets.size() - 1 : 0);
    return inRange(row, shown - offset.getTotalSeconds() * MICROS_PER_SECOND);
  }

  private long inRange(SourceRow row, long micros) {
    if (micros < FIRST || micros >= AFTER_LAST) {
      throw complaint.of(row, "it lies outside the years -4713 to 294276");
    }
    return micros;
  }
}

package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.IsoText;
import dev.outgrow.importer.source.IsoText.Form;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Moments, days and times that are stored as text. */
final class WrittenMoments implements MomentReader {
  private static final long DAYS_TO_2000 = 10_957;
  private static final long MICROS_PER_MINUTE = 60 * Clock.MICROS_PER_SECOND;
  private static final String NO_ZONE = ", and the rule names no zone for those";

  private final Reading reading;
  private final Complaint complaint;
  private final @Nullable Clock clock;

  WrittenMoments(Reading reading, Complaint complaint) {
    this.reading = reading;
    this.complaint = complaint;
    this.clock =
        reading.zone().isEmpty() ? null : new Clock(ZoneId.of(reading.zone()), reading, complaint);
  }

  @Override
  public long moment(SourceRow row, int column) {
    Found found = read(row, column);
    if (found.text().form() == Form.ZONED) {
      return inRange(row, found.micros());
    }
    if (clock == null) {
      throw complaint.of(row, "its text has no zone" + NO_ZONE);
    }
    return clock.moment(row, withDay(row, found));
  }

  @Override
  public long local(SourceRow row, int column) {
    Found found = read(row, column);
    if (found.text().form() != Form.ZONED) {
      return withDay(row, found);
    }
    if (clock == null) {
      throw complaint.of(row, "its text has a zone" + NO_ZONE);
    }
    return clock.shown(row, inRange(row, found.micros()));
  }

  @Override
  public int day(SourceRow row, int column) {
    long local = local(row, column);
    if (!reading.round() && Math.floorMod(local, Clock.MICROS_PER_DAY) != 0) {
      throw complaint.of(row, "its text has a time besides the day");
    }
    return (int) Math.floorDiv(local, Clock.MICROS_PER_DAY);
  }

  @Override
  public long time(SourceRow row, int column) {
    Found found = read(row, column);
    if (found.text().form() == Form.TIME) {
      return withinDay(row, found.text().microsOfDay() + found.carry());
    }
    if (!reading.round()) {
      throw complaint.of(row, "its text has a day besides the time");
    }
    return Math.floorMod(local(row, column), Clock.MICROS_PER_DAY);
  }

  private long withinDay(SourceRow row, long micros) {
    if (micros == Clock.MICROS_PER_DAY) {
      throw complaint.of(row, "its text is midnight of the next day if it is rounded");
    }
    return micros;
  }

  private long withDay(SourceRow row, Found found) {
    if (found.text().form() == Form.TIME) {
      throw complaint.of(row, "its text has a time and no day");
    }
    return inRange(row, found.micros());
  }

  private long inRange(SourceRow row, long micros) {
    if (micros < Clock.FIRST || micros >= Clock.AFTER_LAST) {
      throw complaint.of(row, "it lies outside the years -4713 to 294276");
    }
    return micros;
  }

  private Found read(SourceRow row, int column) {
    if (row.storageClass(column) != StorageClass.TEXT) {
      String held = row.storageClass(column).word();
      throw complaint.of(row, "it holds " + held + ", and a date or time is a text");
    }
    FineText fine = FineText.of(row.bytes(column));
    IsoText text =
        IsoText.parse(fine.text())
            .orElseThrow(() -> complaint.of(row, "its text is no date or time that exists"));
    if (fine.dropped() && !reading.round()) {
      throw complaint.of(row, "its text is finer than the microseconds PostgreSQL keeps");
    }
    return new Found(text, fine.carry());
  }

  /** What a text says, and the microsecond that rounding adds to it. */
  private record Found(IsoText text, int carry) {
    long micros() {
      return (text.epochDay() - DAYS_TO_2000) * Clock.MICROS_PER_DAY
          + text.microsOfDay()
          - text.offsetMinutes() * MICROS_PER_MINUTE
          + carry;
    }
  }
}

package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.IsoText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.Set;

/**
 * Reads the days and times of one column for its encoder, and counts them as PostgreSQL does: from
 * 2000-01-01 on.
 */
final class Moments {
  private static final long DAYS_TO_2000 = 10_957;

  private final Place place;
  private final String type;
  private final Set<IsoText.Form> forms;

  Moments(Place place, String type, Set<IsoText.Form> forms) {
    this.place = place;
    this.type = type;
    this.forms = Set.copyOf(forms);
  }

  IsoText read(SourceRow row, int column) {
    if (row.storageClass(column) != StorageClass.TEXT) {
      throw place.unexpected(row, column, type);
    }
    return IsoText.parse(row.bytes(column))
        .filter(m -> forms.contains(m.form()))
        .orElseThrow(() -> place.unexpectedValue(row, "another text", type));
  }

  /** Reads a moment that is a day, and no time within it. */
  IsoText midnight(SourceRow row, int column) {
    IsoText moment = read(row, column);
    if (moment.microsOfDay() != 0) {
      throw place.unexpectedValue(row, "a time of day", type);
    }
    return moment;
  }

  /** Reads a moment without a zone, or in UTC. */
  IsoText withoutZone(SourceRow row, int column) {
    IsoText moment = read(row, column);
    if (moment.offsetMinutes() != 0) {
      throw place.unexpectedValue(row, "a time of another zone", type);
    }
    return moment;
  }

  static int days(IsoText moment) {
    return Math.toIntExact(moment.epochDay() - DAYS_TO_2000);
  }

  static long micros(IsoText moment) {
    return moment.microsSince(DAYS_TO_2000);
  }
}

package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.IsoText.Form;
import dev.outgrow.importer.source.SourceRow;
import java.util.EnumSet;

/**
 * {@code timestamp}: eight bytes, microseconds since 2000-01-01 00:00; a day alone is its midnight,
 * a moment in UTC its time there.
 */
final class TimestampEncoder implements ValueEncoder {
  private final Moments moments;

  TimestampEncoder(Place place) {
    this.moments = new Moments(place, "timestamp", EnumSet.of(Form.DATE, Form.LOCAL, Form.ZONED));
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    out.field(Moments.micros(moments.withoutZone(row, column)));
  }
}

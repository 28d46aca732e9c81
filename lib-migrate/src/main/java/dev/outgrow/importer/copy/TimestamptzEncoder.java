package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.IsoText.Form;
import dev.outgrow.importer.source.SourceRow;
import java.util.EnumSet;

/**
 * {@code timestamptz}: eight bytes, microseconds since 2000-01-01 00:00 in UTC; what has no zone is
 * taken as UTC, whatever the zone of this machine or of the session.
 */
final class TimestamptzEncoder implements ValueEncoder {
  private final Moments moments;

  TimestamptzEncoder(Place place) {
    this.moments = new Moments(place, "timestamptz", EnumSet.of(Form.DATE, Form.LOCAL, Form.ZONED));
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    out.field(Moments.micros(moments.read(row, column)));
  }
}

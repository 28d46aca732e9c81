package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.IsoText.Form;
import dev.outgrow.importer.source.SourceRow;
import java.util.EnumSet;

/** {@code time}: eight bytes, microseconds since midnight. */
final class TimeEncoder implements ValueEncoder {
  private final Moments moments;

  TimeEncoder(Place place) {
    this.moments = new Moments(place, "time", EnumSet.of(Form.TIME));
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    out.field(moments.read(row, column).microsOfDay());
  }
}

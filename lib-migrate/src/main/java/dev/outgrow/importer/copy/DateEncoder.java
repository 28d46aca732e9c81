package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.IsoText.Form;
import dev.outgrow.importer.source.SourceRow;
import java.util.EnumSet;

/** {@code date}: four bytes, days since 2000-01-01; a midnight is its day. */
final class DateEncoder implements ValueEncoder {
  private final Moments moments;

  DateEncoder(Place place) {
    this.moments = new Moments(place, "date", EnumSet.of(Form.DATE, Form.LOCAL));
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    out.shortField(Moments.days(moments.midnight(row, column)));
  }
}

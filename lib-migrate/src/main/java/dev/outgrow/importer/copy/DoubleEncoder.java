package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;

/** {@code double precision}: the eight bytes of the IEEE 754 double, bit for bit. */
final class DoubleEncoder implements ValueEncoder {
  private final Place place;

  DoubleEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    if (row.storageClass(column) != StorageClass.REAL) {
      throw place.unexpected(row, column, "double precision");
    }
    out.field(Double.doubleToRawLongBits(row.real(column)));
  }
}

package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.ExactNumber;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;

/**
 * {@code double precision}: the eight bytes of the IEEE 754 double, bit for bit; integers and text
 * that stand for one exactly, as that.
 */
final class DoubleEncoder implements ValueEncoder {
  private final Place place;

  DoubleEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    double value =
        row.storageClass(column) == StorageClass.REAL
            ? row.real(column)
            : ExactNumber.real(row, column)
                .orElseThrow(() -> place.unexpected(row, column, "double precision"));
    out.field(Double.doubleToRawLongBits(value));
  }
}

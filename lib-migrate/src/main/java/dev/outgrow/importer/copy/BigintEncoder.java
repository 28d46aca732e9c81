package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.ExactNumber;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;

/** {@code bigint}: eight bytes; real numbers and text that are such a number, as the number. */
final class BigintEncoder implements ValueEncoder {
  private final Place place;

  BigintEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    if (row.storageClass(column) == StorageClass.INTEGER) {
      out.field(row.integer(column));
    } else {
      out.field(
          ExactNumber.whole(row, column)
              .orElseThrow(() -> place.unexpected(row, column, "bigint")));
    }
  }
}

package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;

/** {@code bigint}: eight bytes. */
final class BigintEncoder implements ValueEncoder {
  private final Place place;

  BigintEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    if (row.storageClass(column) != StorageClass.INTEGER) {
      throw place.unexpected(row, column, "bigint");
    }
    out.field(row.integer(column));
  }
}

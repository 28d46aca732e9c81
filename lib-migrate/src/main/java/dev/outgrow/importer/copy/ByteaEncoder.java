package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;

/** {@code bytea}: the bytes as stored, of text as well; numbers as the bytes of their text. */
final class ByteaEncoder implements ValueEncoder {
  private final Place place;

  ByteaEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    switch (row.storageClass(column)) {
      case BLOB, TEXT -> out.cell(row, column);
      case INTEGER -> out.field(TextEncoder.ascii(Long.toString(row.integer(column))));
      case REAL -> out.field(TextEncoder.ascii(RealText.of(row.real(column))));
      default -> throw place.unexpected(row, column, "bytea");
    }
  }
}

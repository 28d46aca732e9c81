package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.BooleanText;
import dev.outgrow.importer.source.SourceRow;

/** {@code boolean}: one byte, 0 or 1. */
final class BooleanEncoder implements ValueEncoder {
  private final Place place;

  BooleanEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    switch (row.storageClass(column)) {
      case INTEGER -> out.byteField(bit(row, row.integer(column)));
      case TEXT -> out.byteField(word(row, column) ? 1 : 0);
      default -> throw place.unexpected(row, column, "boolean");
    }
  }

  private int bit(SourceRow row, long value) {
    if (value != 0 && value != 1) {
      throw place.unexpectedValue(row, "another number than 0 and 1", "boolean");
    }
    return (int) value;
  }

  private boolean word(SourceRow row, int column) {
    return BooleanText.parse(row.bytes(column))
        .orElseThrow(() -> place.unexpectedValue(row, "a text without a meaning", "boolean"));
  }
}

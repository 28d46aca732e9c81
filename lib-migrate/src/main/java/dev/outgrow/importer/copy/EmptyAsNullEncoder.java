package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;

/** Writes a null for a text without any character, and everything else as another encoder does. */
final class EmptyAsNullEncoder implements ValueEncoder {
  private final ValueEncoder others;

  EmptyAsNullEncoder(ValueEncoder others) {
    this.others = others;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    if (row.storageClass(column) == StorageClass.TEXT && row.length(column) == 0) {
      out.nullField();
    } else {
      others.encode(row, column, out);
    }
  }
}

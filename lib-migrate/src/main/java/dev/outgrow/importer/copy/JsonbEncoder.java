package dev.outgrow.importer.copy;

import dev.outgrow.importer.reading.CellReaders;
import dev.outgrow.importer.source.SourceRow;

/** {@code jsonb}: the number of the format, then the text. */
final class JsonbEncoder implements ValueEncoder {
  private static final int FORMAT = 1;

  private final CellReaders cells;

  JsonbEncoder(CellReaders cells) {
    this.cells = cells;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    out.field(FORMAT, cells.binaryJson(row, column));
  }
}

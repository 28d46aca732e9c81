package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.SourceRow;

/** Writes one column's cell, which is not null, as one field. */
interface ValueEncoder {

  /**
   * Writes a field, or nothing at all if it throws.
   *
   * @throws dev.outgrow.error.ValueException if the column's type cannot hold the cell
   */
  void encode(SourceRow row, int column, CopyWriter out);
}

package dev.outgrow.importer.reject;

import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.Arrays;

/** A row some of whose values are hidden behind nulls. */
final class MaskedRow implements SourceRow {
  private final SourceRow row;
  private final boolean[] hidden;

  MaskedRow(SourceRow row, int columns) {
    this.row = row;
    this.hidden = new boolean[columns];
  }

  void clear() {
    Arrays.fill(hidden, false);
  }

  void mask(int[] columns) {
    for (int column : columns) {
      hidden[column] = true;
    }
  }

  @Override
  public StorageClass storageClass(int column) {
    return hidden[column] ? StorageClass.NULL : row.storageClass(column);
  }

  @Override
  public long integer(int column) {
    return row.integer(column);
  }

  @Override
  public double real(int column) {
    return row.real(column);
  }

  @Override
  public byte[] bytes(int column) {
    return row.bytes(column);
  }

  @Override
  public byte[] array(int column) {
    return row.array(column);
  }

  @Override
  public int offset(int column) {
    return row.offset(column);
  }

  @Override
  public boolean isLarge(int column) {
    return row.isLarge(column);
  }

  @Override
  public long length(int column) {
    return row.length(column);
  }

  @Override
  public CellStream stream(int column) {
    return row.stream(column);
  }

  @Override
  public int columns() {
    return row.columns();
  }

  @Override
  public String key() {
    return row.key();
  }
}

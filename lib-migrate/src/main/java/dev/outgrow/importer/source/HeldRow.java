package dev.outgrow.importer.source;

import java.util.function.Consumer;

/** A row that is held in memory: each value is one piece. */
record HeldRow(SourceRow row) implements RawRow {
  @Override
  public int columns() {
    return row.columns();
  }

  @Override
  public StorageClass storageClass(int column) {
    return row.storageClass(column);
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
  public long length(int column) {
    return row.bytes(column).length;
  }

  @Override
  public void pieces(int column, Consumer<byte[]> consumer) {
    consumer.accept(row.bytes(column));
  }

  @Override
  public String key() {
    return row.key();
  }
}

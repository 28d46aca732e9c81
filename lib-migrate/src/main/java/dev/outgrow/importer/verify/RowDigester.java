package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;

/** Hashes rows of one table: each as a whole, and its key. <em>Not thread-safe.</em> */
final class RowDigester {
  private final int columns;
  private final int[] keyColumns;
  private final boolean wholeRowIsKey;
  private final RowHash rowHash = new RowHash();
  private final RowHash keyHash = new RowHash();

  RowDigester(TableMapping table) {
    this.columns = table.columns().size();
    this.keyColumns = table.keyPositions().stream().mapToInt(Integer::intValue).toArray();
    this.wholeRowIsKey = table.primaryKey() == null;
  }

  /** Hashes a row; the results stand until the next one. */
  void digest(Row row) {
    rowHash.reset();
    for (int i = 0; i < columns; i++) {
      row.put(i, rowHash);
    }
    rowHash.finish();
    if (!wholeRowIsKey) {
      keyHash.reset();
      for (int column : keyColumns) {
        row.put(column, keyHash);
      }
      keyHash.finish();
    }
  }

  void addTo(TableDigest digest) {
    digest.add(keyHigh(), rowHash.high(), rowHash.low());
  }

  int bucket() {
    return TableDigest.bucket(keyHigh());
  }

  /** Returns what stands for the key. */
  Mark key() {
    return wholeRowIsKey ? row() : new Mark(keyHash.high(), keyHash.low());
  }

  /** Returns what stands for the whole row. */
  Mark row() {
    return new Mark(rowHash.high(), rowHash.low());
  }

  private long keyHigh() {
    return wholeRowIsKey ? rowHash.high() : keyHash.high();
  }

  /** A 128-bit hash as an object. */
  record Mark(long high, long low) {}
}

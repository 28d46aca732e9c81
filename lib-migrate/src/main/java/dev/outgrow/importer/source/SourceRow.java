package dev.outgrow.importer.source;

/**
 * One row of a table as the source stores it. Columns count from 0 in the order of the table's
 * columns.
 *
 * <p>A row is only valid until its cursor moves on. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface SourceRow {

  /** Returns what is stored in a column. */
  StorageClass storageClass(int column);

  /** Returns the value of a column whose storage class is {@link StorageClass#INTEGER}. */
  long integer(int column);

  /** Returns the value of a column whose storage class is {@link StorageClass#REAL}. */
  double real(int column);

  /**
   * Returns the bytes of a column whose storage class is {@link StorageClass#BLOB} or {@link
   * StorageClass#TEXT}; of text in UTF-8, as stored and therefore not necessarily valid. The array
   * belongs to the row and must not be changed.
   */
  byte[] bytes(int column);

  /**
   * Returns an array in which the bytes of {@link #bytes} stand, among others: from {@link #offset}
   * on, {@link #length} of them. Who reads them there spares a copy. It belongs to the row and must
   * not be changed.
   */
  default byte[] array(int column) {
    return bytes(column);
  }

  /** Returns where the bytes of a column begin in its {@link #array}. */
  default int offset(int column) {
    return 0;
  }

  /**
   * Returns whether the text in a column is such that PostgreSQL takes it: see {@link Utf8}.
   * Whoever looks at a row behind another need not look through its text again.
   */
  default boolean isValidText(int column) {
    if (isLarge(column)) {
      try (CellStream text = stream(column)) {
        return Utf8.firstFault(text) < 0;
      }
    }
    int from = offset(column);
    return Utf8.firstFault(array(column), from, from + (int) length(column)) < 0;
  }

  /**
   * Returns whether a cell is too large to be in memory as a whole. {@link #bytes} still returns
   * all of it; who may meet such a cell uses {@link #stream}.
   */
  default boolean isLarge(int column) {
    return false;
  }

  /** Returns how many bytes {@link #bytes} has. */
  default long length(int column) {
    return bytes(column).length;
  }

  /** Returns what {@link #bytes} returns, piece by piece. Each call begins anew. */
  default CellStream stream(int column) {
    return CellStream.of(bytes(column));
  }

  /** Returns how many of {@link #storageClass}'s columns there are. */
  int columns();

  /**
   * Returns a name for this row that a person can search for: {@code rowid=7} or {@code (a, b)=(1,
   * 'x')}.
   */
  String key();
}

package dev.outgrow.importer.source;

import java.util.function.Consumer;

/**
 * A row as it is stored, whose text and blobs are handed out in pieces, because it may be too large
 * to hold. Columns count from 0 in the order of the table's columns.
 *
 * <p>A row is only valid until its cursor moves on. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface RawRow {

  /** Returns how many columns there are. */
  int columns();

  /** Returns what is stored in a column. */
  StorageClass storageClass(int column);

  /** Returns the value of a column whose storage class is {@link StorageClass#INTEGER}. */
  long integer(int column);

  /** Returns the value of a column whose storage class is {@link StorageClass#REAL}. */
  double real(int column);

  /** Returns how many bytes a column's text or blob has. */
  long length(int column);

  /**
   * Hands out the bytes of a column's text or blob in order, each once; of text in UTF-8 where it
   * is not too large to be read at once, else as stored.
   */
  void pieces(int column, Consumer<byte[]> consumer);

  /** Returns a name for this row that a person can search for. */
  String key();

  /** Returns a row that is held in memory as a whole. */
  static RawRow of(SourceRow row) {
    return new HeldRow(row);
  }
}

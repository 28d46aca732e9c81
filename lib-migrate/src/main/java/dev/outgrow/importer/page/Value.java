package dev.outgrow.importer.page;

import dev.outgrow.importer.source.StorageClass;

/**
 * One value, of a column that was added when records were there already.
 *
 * <p><em>Immutable.</em> Nobody changes its bytes.
 *
 * @param storageClass what it is
 * @param integer it, as an integer
 * @param real it, as a real
 * @param bytes it, as text in UTF-8 or as a blob
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // it is a value for rows, and is never compared
public record Value(StorageClass storageClass, long integer, double real, byte[] bytes) {
  /** No value. */
  public static final Value NULL = new Value(StorageClass.NULL, 0, 0, new byte[0]);
}

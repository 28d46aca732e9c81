package dev.outgrow.importer.translate;

/**
 * A plain value in SQLite's SQL.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Literal {

  /** {@code NULL}. */
  record Null() implements Literal {}

  /**
   * An integer, decimal or hexadecimal, or {@code TRUE} and {@code FALSE}, which SQLite takes for 1
   * and 0.
   *
   * @param value its value
   */
  record Whole(long value) implements Literal {}

  /**
   * A real number, or an integer too large for 64 bits, which SQLite reads as one.
   *
   * @param value its value
   */
  record Real(double value) implements Literal {}

  /**
   * A text.
   *
   * @param value its characters
   */
  record Text(String value) implements Literal {}

  /**
   * Bytes.
   *
   * @param value the bytes; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, straight into SQL
  record Blob(byte[] value) implements Literal {}
}

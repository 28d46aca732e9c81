package dev.outgrow.importer.verify;

import java.math.BigDecimal;

/**
 * The one form in which a value is hashed, whichever side it comes from: a mark that it is there,
 * then its words. Numbers are numbers, whatever their notation; a double is its 64 bits; text and
 * bytes are their length and bytes, or, of more than 8 KiB, their length and the hash of the bytes,
 * so that those of a large cell can be hashed as they come.
 */
final class Canonical {
  /** The most bytes that are hashed with their row, and not by themselves. */
  static final int LONGEST_WHOLE = 8 << 10;

  private static final long ABSENT = 0;
  private static final long PRESENT = 1;
  private static final long POSITIVE_INFINITY = 2;
  private static final long NEGATIVE_INFINITY = 3;

  private Canonical() {}

  static void absent(RowHash hash) {
    hash.put(ABSENT);
  }

  static void word(long value, RowHash hash) {
    hash.put(PRESENT);
    hash.put(value);
  }

  static void bytes(byte[] bytes, int offset, int length, RowHash hash) {
    if (length > LONGEST_WHOLE) {
      RowHash content = new RowHash();
      content.put(bytes, offset, length);
      content.finish();
      condensed(length, content, hash);
    } else {
      hash.put(PRESENT);
      hash.put(length);
      hash.put(bytes, offset, length);
    }
  }

  /** Puts long bytes of which only the hash is known. */
  static void condensed(long length, RowHash content, RowHash hash) {
    hash.put(PRESENT);
    hash.put(length);
    hash.put(content.high());
    hash.put(content.low());
  }

  static void decimal(BigDecimal value, RowHash hash) {
    BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    byte[] digits = shortest.unscaledValue().toByteArray();
    hash.put(PRESENT);
    hash.put(shortest.scale());
    hash.put(digits.length);
    hash.put(digits, 0, digits.length);
  }

  static void infinity(boolean positive, RowHash hash) {
    hash.put(positive ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
  }
}

package dev.outgrow.importer.verify;

import java.math.BigDecimal;

/**
 * The one form in which a value is hashed, whichever side it comes from: a mark that it is there,
 * then its words. Numbers are numbers, whatever their notation; a double is its 64 bits; text and
 * bytes are their length and bytes.
 */
final class Canonical {
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
    hash.put(PRESENT);
    hash.put(length);
    hash.put(bytes, offset, length);
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

package dev.outgrow.importer.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Numbers as verification reads them from text. */
final class RuledNumber {
  static final int MOST_DECIMALS = 16_000;

  private static final int MOST_EXPONENT = 200_000;
  private static final int MOST_CHARACTERS = 200_000;

  private RuledNumber() {}

  /** Returns the number a text is, or nothing; never one that would fill the memory written out. */
  static Optional<BigDecimal> read(byte[] text) {
    if (text.length > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(new String(text, StandardCharsets.US_ASCII));
      return Math.abs((long) number.scale()) > MOST_EXPONENT
          ? Optional.empty()
          : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns the number with so many decimals at most, halves to even. */
  static BigDecimal rounded(BigDecimal number, int decimals) {
    int digits = number.precision() - number.scale() + decimals;
    if (number.scale() <= decimals) {
      return number;
    }
    return digits > 0
        ? number.round(new MathContext(digits, RoundingMode.HALF_EVEN))
        : number.setScale(decimals, RoundingMode.HALF_EVEN);
  }
}

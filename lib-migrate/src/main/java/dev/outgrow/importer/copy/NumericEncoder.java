package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.ExactNumber;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@code numeric}: digits of base 10,000, the weight of the first of them, the sign, and how many
 * decimal places to show. Source: PostgreSQL's {@code numeric_recv}.
 */
final class NumericEncoder implements ValueEncoder {
  private static final int BASE = 10_000;
  private static final int BASE_DIGITS = 4;
  private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
  private static final int NEGATIVE = 0x4000;
  private static final int POSITIVE_INFINITY = 0xD000;
  private static final int NEGATIVE_INFINITY = 0xF000;
  private static final int HEADER_BYTES = 8;

  private final Place place;

  NumericEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    switch (row.storageClass(column)) {
      case INTEGER -> finite(BigDecimal.valueOf(row.integer(column)), out);
      case REAL -> real(row.real(column), out);
      case TEXT ->
          finite(
              ExactNumber.decimal(row, column)
                  .orElseThrow(() -> place.unexpected(row, column, "numeric")),
              out);
      default -> throw place.unexpected(row, column, "numeric");
    }
  }

  static void real(double value, CopyWriter out) {
    if (Double.isInfinite(value)) {
      header(0, 0, value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY, 0, out);
    } else {
      finite(RealText.decimal(value), out);
    }
  }

  static void finite(BigDecimal value, CopyWriter out) {
    int scale = Math.max(value.scale(), 0);
    int groupsBehindPoint = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
    BigInteger digits = value.setScale(groupsBehindPoint * BASE_DIGITS).unscaledValue().abs();
    int[] groups = groups(digits);
    int used = withoutTrailingZeros(groups);
    header(
        used, groups.length - groupsBehindPoint - 1, value.signum() < 0 ? NEGATIVE : 0, scale, out);
    for (int i = 0; i < used; i++) {
      out.int16(groups[i]);
    }
  }

  private static void header(int groups, int weight, int sign, int scale, CopyWriter out) {
    out.fieldLength(HEADER_BYTES + groups * Short.BYTES);
    out.int16(groups);
    out.int16(groups == 0 ? 0 : weight);
    out.int16(sign);
    out.int16(scale);
  }

  /** Returns the digits of base 10,000, the most significant first; none for zero. */
  private static int[] groups(BigInteger digits) {
    int[] reversed = new int[digits.bitLength() / 13 + 1];
    int count = 0;
    BigInteger rest = digits;
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BIG_BASE);
      reversed[count++] = parts[1].intValue();
      rest = parts[0];
    }
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      groups[i] = reversed[count - 1 - i];
    }
    return groups;
  }

  private static int withoutTrailingZeros(int[] groups) {
    int used = groups.length;
    while (used > 0 && groups[used - 1] == 0) {
      used--;
    }
    return used;
  }
}

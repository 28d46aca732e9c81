package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.source.RealText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A {@code numeric} as a whole number where it is one of 64 bits, else as the double that reads
 * back as it.
 */
final class NumericForm implements Form {
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final int BASE_DIGITS = 4;
  private static final int HEADER = 4 * Short.BYTES;
  private static final int NEGATIVE = 0x4000;
  private static final int SPECIAL = 0xC000;
  private static final int POSITIVE_INFINITY = 0xD000;
  private static final int NEGATIVE_INFINITY = 0xF000;
  private static final int SAFE_DIGITS = 15;
  private static final int MOST_GROUPS = 4;

  private final ExportColumn column;
  private final OddValues odd;

  NumericForm(ExportColumn column, OddValues odd) {
    this.column = column;
    this.odd = odd;
  }

  @Override
  public void put(byte[] bytes, int at, int length, CellSink sink) {
    int digits = Forms.int16(bytes, at);
    int weight = Forms.int16(bytes, at + Short.BYTES);
    int sign = Forms.int16(bytes, at + 2 * Short.BYTES) & 0xFFFF;
    if ((sign & SPECIAL) == SPECIAL) {
      special(sign, sink);
    } else if (digits <= weight + 1 && weight < MOST_GROUPS) {
      sink.integer(whole(bytes, at, digits, weight, sign));
    } else {
      put(decimal(bytes, at, digits, weight, sign), sink);
    }
  }

  /** SQLite has both infinities. */
  private void special(int sign, CellSink sink) {
    if (sign == POSITIVE_INFINITY || sign == NEGATIVE_INFINITY) {
      sink.real(sign == POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
      return;
    }
    odd.met();
    byte[] text = "NaN".getBytes(StandardCharsets.US_ASCII);
    sink.text(text, 0, text.length);
  }

  private static long whole(byte[] bytes, int at, int digits, int weight, int sign) {
    long value = 0;
    for (int i = 0; i <= weight; i++) {
      value = value * 10_000 + (i < digits ? group(bytes, at, i) : 0);
    }
    return sign == NEGATIVE ? -value : value;
  }

  private static int group(byte[] bytes, int at, int i) {
    return Forms.int16(bytes, at + HEADER + i * Short.BYTES);
  }

  private static BigDecimal decimal(byte[] bytes, int at, int digits, int weight, int sign) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      value = value.multiply(BASE).add(BigInteger.valueOf(group(bytes, at, i)));
    }
    BigDecimal decimal = new BigDecimal(value, (digits - 1 - weight) * BASE_DIGITS);
    return sign == NEGATIVE ? decimal.negate() : decimal;
  }

  private void put(BigDecimal decimal, CellSink sink) {
    BigDecimal shortest = decimal.stripTrailingZeros();
    boolean whole = shortest.scale() <= 0 && shortest.precision() - shortest.scale() < 20;
    if (whole && shortest.toBigInteger().bitLength() < Long.SIZE) {
      sink.integer(shortest.longValueExact());
      return;
    }
    double value = shortest.doubleValue();
    boolean safe = shortest.precision() <= SAFE_DIGITS && Math.abs(value) >= Double.MIN_NORMAL;
    if (!Double.isInfinite(value) && (safe || RealText.decimal(value).compareTo(shortest) == 0)) {
      sink.real(value);
    } else {
      throw inexact(column);
    }
  }

  private static TargetException inexact(ExportColumn column) {
    return new TargetException(
        "",
        List.of(),
        "Column "
            + column.target()
            + " holds a number of more digits than a number of SQLite has, and its column in the"
            + " SQLite schema is not for text.",
        "Declare the column as TEXT in the SQLite schema, or round the numbers.",
        null);
  }
}

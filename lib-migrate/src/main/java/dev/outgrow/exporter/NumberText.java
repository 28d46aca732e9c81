package dev.outgrow.exporter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text that SQLite takes for a number where it is stored in a column for numbers. */
final class NumberText {
  private static final int LONGEST = 400;
  private static final Pattern NUMBER =
      Pattern.compile(
          "[ \\t\\n\\f\\r]*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?[ \\t\\n\\f\\r]*");

  private NumberText() {}

  /** Puts the number that a text is, and returns true; or does nothing where it is none. */
  static boolean put(byte[] bytes, int offset, int length, CellSink sink) {
    if (length == 0 || length > LONGEST || !mayBegin(bytes[offset])) {
      return false;
    }
    String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    if (!NUMBER.matcher(text).matches()) {
      return false;
    }
    BigDecimal value = new BigDecimal(text.strip());
    if (text.indexOf('.') < 0 && fitsLong(value)) {
      sink.integer(value.longValueExact());
    } else {
      sink.real(value.doubleValue());
    }
    return true;
  }

  private static boolean fitsLong(BigDecimal value) {
    return value.scale() == 0 && value.unscaledValue().bitLength() < Long.SIZE;
  }

  private static boolean mayBegin(byte first) {
    return (first >= '0' && first <= '9') || first <= ' ' || "+-.".indexOf(first) >= 0;
  }
}

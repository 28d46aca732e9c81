package dev.outgrow.importer.source;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The text and the decimal that stand for a double where a column cannot be {@code double
 * precision}.
 *
 * <p>Both are the shortest decimal that reads back as the very same double; of several, the
 * nearest. Down to the smallest normal number, 15 digits always read back as they were written;
 * below, one may be enough. {@link Double#toString(double)} is not used: before Java 19 it may
 * print a digit too many.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class RealText {
  private static final int MOST_DIGITS = 17;
  private static final int SAFE_DIGITS = 15;
  private static final int SAFE_DIGITS_BELOW_NORMAL = 1;

  private RealText() {}

  /**
   * Returns the shortest decimal that reads back as this double.
   *
   * @throws IllegalArgumentException if the double is not finite
   */
  public static BigDecimal decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Not a finite number");
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return BigDecimal.valueOf((long) value);
    }
    BigDecimal exact = new BigDecimal(value);
    boolean normal = Math.abs(value) >= Double.MIN_NORMAL;
    for (int digits = normal ? SAFE_DIGITS : SAFE_DIGITS_BELOW_NORMAL;
        digits < MOST_DIGITS;
        digits++) {
      BigDecimal shorter = nearestThatReadsBack(exact, value, digits);
      if (shorter != null) {
        return shorter.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /**
   * Returns the shortest decimal in the notation of SQLite and of most languages: always with a
   * point or an exponent, so that it is seen to be a real number; an exponent of two digits or more
   * below 1e-4 and from 1e16 on; {@code inf} and {@code -inf}.
   */
  public static String of(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal decimal = decimal(value).abs().stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    boolean plain = exponent >= -4 && exponent < 16;
    return sign + (plain ? plain(decimal) : scientific(digits, exponent));
  }

  private static String plain(BigDecimal decimal) {
    String text = decimal.toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String magnitude = Integer.toString(Math.abs(exponent));
    return mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (magnitude.length() < 2 ? "0" : "")
        + magnitude;
  }

  /**
   * The interval that reads back is not symmetric at powers of two, so the farther neighbour may be
   * in it alone. Of two that are equally near, the even one is taken, whatever the sign.
   */
  private static @Nullable BigDecimal nearestThatReadsBack(
      BigDecimal exact, double value, int digits) {
    BigDecimal nearer = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (nearer.doubleValue() == value) {
      return nearer;
    }
    RoundingMode otherWay = nearer.compareTo(exact) > 0 ? RoundingMode.FLOOR : RoundingMode.CEILING;
    BigDecimal farther = exact.round(new MathContext(digits, otherWay));
    return farther.doubleValue() == value ? farther : null;
  }
}

package dev.outgrow.importer.source;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads a cell as a number where nothing is lost by it, whatever its storage class: {@code 3.0} is
 * the whole number 3, the text {@code 12.50} is a decimal. A text is a number in its plain spelling
 * alone: digits without zeros in front, perhaps a minus before and decimals behind them; not {@code
 * 007}, {@code +1}, {@code 1e3}, {@code -0} or blanks.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ExactNumber {
  private static final Pattern PLAIN = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?");
  private static final int MOST_CHARACTERS = 1_000;
  private static final double TWO_TO_63 = 0x1p63;
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private ExactNumber() {}

  /** Returns a cell, which is not null, as a whole number of 64 bits. */
  public static OptionalLong whole(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> OptionalLong.of(row.integer(column));
      case REAL -> whole(row.real(column));
      case TEXT -> text(row, column).map(ExactNumber::whole).orElse(OptionalLong.empty());
      default -> OptionalLong.empty();
    };
  }

  /** Returns a cell, which is not null, as the double that stands for the very same number. */
  public static OptionalDouble real(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> real(row.integer(column));
      case REAL -> OptionalDouble.of(row.real(column));
      case TEXT -> text(row, column).map(ExactNumber::real).orElse(OptionalDouble.empty());
      default -> OptionalDouble.empty();
    };
  }

  /** Returns a cell, which is not null, as a decimal; nothing where it is not finite. */
  public static Optional<BigDecimal> decimal(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> Optional.of(BigDecimal.valueOf(row.integer(column)));
      case REAL ->
          Double.isFinite(row.real(column))
              ? Optional.of(RealText.decimal(row.real(column)))
              : Optional.empty();
      case TEXT -> text(row, column);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> text(SourceRow row, int column) {
    return row.isLarge(column) ? Optional.empty() : text(row.bytes(column));
  }

  /** Returns the number that a text spells plainly. */
  static Optional<BigDecimal> text(byte[] text) {
    if (text.length == 0 || text.length > MOST_CHARACTERS) {
      return Optional.empty();
    }
    String characters = new String(text, StandardCharsets.ISO_8859_1);
    return PLAIN.matcher(characters).matches()
        ? Optional.of(new BigDecimal(characters))
            .filter(d -> d.signum() != 0 || characters.charAt(0) != '-')
        : Optional.empty();
  }

  private static OptionalLong whole(double value) {
    return value == Math.rint(value) && value >= -TWO_TO_63 && value < TWO_TO_63
        ? OptionalLong.of((long) value)
        : OptionalLong.empty();
  }

  /** The text {@code 3.0} is a real number by its spelling, and would not come back as one. */
  private static OptionalLong whole(BigDecimal value) {
    return value.scale() == 0 && value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0
        ? OptionalLong.of(value.longValueExact())
        : OptionalLong.empty();
  }

  private static OptionalDouble real(long value) {
    double nearest = (double) value;
    return nearest < TWO_TO_63 && (long) nearest == value
        ? OptionalDouble.of(nearest)
        : OptionalDouble.empty();
  }

  private static OptionalDouble real(BigDecimal value) {
    double nearest = value.doubleValue();
    return Double.isFinite(nearest) && RealText.decimal(nearest).compareTo(value) == 0
        ? OptionalDouble.of(nearest)
        : OptionalDouble.empty();
  }
}

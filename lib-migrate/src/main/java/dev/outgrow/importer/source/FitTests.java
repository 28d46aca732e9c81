package dev.outgrow.importer.source;

import dev.outgrow.importer.source.IsoText.Form;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Whether a cell that is not null goes without loss into a column whose type others chose. */
final class FitTests {
  private static final int SHORT_BITS = 16;
  private static final int MOST_FLOAT_DIGITS = 9;
  private static final int UUID_BYTES = 16;

  private FitTests() {}

  static boolean isWhole(SourceRow row, int column, int bits) {
    OptionalLong value = ExactNumber.whole(row, column);
    if (value.isEmpty() || bits == Long.SIZE) {
      return value.isPresent();
    }
    long number = value.getAsLong();
    return bits == SHORT_BITS ? number == (short) number : number == (int) number;
  }

  static boolean isDouble(SourceRow row, int column) {
    return ExactNumber.real(row, column).isPresent();
  }

  /** Either the four bytes are the very same number, or they are printed as the same digits. */
  static boolean isFloat(SourceRow row, int column) {
    OptionalDouble value = ExactNumber.real(row, column);
    if (value.isEmpty()) {
      return false;
    }
    float nearest = (float) value.getAsDouble();
    return nearest == value.getAsDouble()
        || (Float.isFinite(nearest)
            && printed(nearest).compareTo(RealText.decimal(value.getAsDouble())) == 0);
  }

  /** Returns the shortest decimal that reads back as the same four bytes. */
  private static BigDecimal printed(float value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_FLOAT_DIGITS; digits++) {
      BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.floatValue() == value) {
        return shorter;
      }
    }
    return exact.round(new MathContext(MOST_FLOAT_DIGITS, RoundingMode.HALF_EVEN));
  }

  static boolean isNumber(SourceRow row, int column, int digits, int decimals) {
    if (digits == 0 && row.storageClass(column) == StorageClass.REAL) {
      return true; // infinity as well
    }
    Optional<BigDecimal> value = ExactNumber.decimal(row, column);
    return value.isPresent() && (digits == 0 || NumberSize.fits(value.get(), digits, decimals));
  }

  static boolean isWords(SourceRow row, int column, int most) {
    return row.storageClass(column) != StorageClass.BLOB
        && CellTests.isValidText(row, column)
        && (most == 0 || CellTests.characters(row, column) <= most);
  }

  static boolean isDay(SourceRow row, int column) {
    return CellTests.moment(row, column)
        .filter(m -> m.form() == Form.DATE || (m.form() == Form.LOCAL && m.microsOfDay() == 0))
        .isPresent();
  }

  static boolean isClock(SourceRow row, int column) {
    return CellTests.moment(row, column).filter(m -> m.form() == Form.TIME).isPresent();
  }

  static boolean isLocal(SourceRow row, int column) {
    return CellTests.moment(row, column)
        .filter(m -> m.form() != Form.TIME && m.offsetMinutes() == 0)
        .isPresent();
  }

  static boolean isInstant(SourceRow row, int column) {
    return CellTests.moment(row, column).filter(m -> m.form() != Form.TIME).isPresent();
  }

  static boolean isUuid(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case TEXT -> !row.isLarge(column) && UuidText.isUuid(row.bytes(column));
      case BLOB -> !row.isLarge(column) && row.bytes(column).length == UUID_BYTES;
      default -> false;
    };
  }
}

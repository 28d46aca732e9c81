package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.NumberSize;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Cells that mean numbers. A real number is the shortest decimal that reads back as it; a text is a
 * number in decimal notation, with an exponent or not, and nothing around it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Numerals {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?");
  private static final int LONGEST = 200_000;
  private static final int MOST_EXPONENT = 200_000;

  private final Complaint complaint;

  /** Makes a reader for one column. */
  public Numerals(Complaint complaint) {
    this.complaint = complaint;
  }

  /** Returns the number a cell means. */
  public BigDecimal decimal(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> BigDecimal.valueOf(row.integer(column));
      case REAL -> finite(row, row.real(column));
      case TEXT -> text(row, row.bytes(column));
      default -> throw complaint.of(row, "it holds a blob, which is no number");
    };
  }

  /** Returns the integer a cell means, within bounds. */
  public long integer(SourceRow row, int column, long least, long most, boolean round) {
    if (row.storageClass(column) == StorageClass.INTEGER) {
      return bounded(row, row.integer(column), least, most);
    }
    BigDecimal whole = rounded(row, decimal(row, column), 0, round);
    if (whole.precision() - whole.scale() > 19
        || whole.compareTo(BigDecimal.valueOf(least)) < 0
        || whole.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw outside(row, least, most);
    }
    return whole.longValueExact();
  }

  /** Returns the number a cell means, of at most so many digits and decimals. */
  public BigDecimal sized(SourceRow row, int column, int digits, int decimals, boolean round) {
    BigDecimal value = rounded(row, decimal(row, column), decimals, round);
    if (!NumberSize.fits(value, digits, decimals)) {
      throw complaint.of(row, "it has more digits than numeric(" + digits + "," + decimals + ")");
    }
    return value;
  }

  /** Returns the double a cell means; infinities as they are stored. */
  public double real(SourceRow row, int column, boolean round) {
    if (row.storageClass(column) == StorageClass.REAL) {
      return row.real(column);
    }
    BigDecimal exact = decimal(row, column);
    double value = exact.doubleValue();
    boolean same = Double.isFinite(value) && RealText.decimal(value).compareTo(exact) == 0;
    if (Double.isInfinite(value) || !(same || round)) {
      throw complaint.of(row, "no double precision number is equal to it");
    }
    return value;
  }

  /** Returns the four-byte number a cell means. */
  public float shortReal(SourceRow row, int column, boolean round) {
    double value = real(row, column, round);
    float nearest = (float) value;
    boolean lost = Float.isInfinite(nearest) && !Double.isInfinite(value);
    if (lost || (nearest != value && !round)) {
      throw complaint.of(row, "no real number of four bytes is equal to it");
    }
    return nearest;
  }

  private BigDecimal finite(SourceRow row, double value) {
    if (!Double.isFinite(value)) {
      throw complaint.of(row, "it holds infinity, which is no such number");
    }
    return RealText.decimal(value);
  }

  private BigDecimal text(SourceRow row, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (bytes.length > LONGEST || !DECIMAL.matcher(text).matches()) {
      throw complaint.of(row, "it holds a text that is no number");
    }
    BigDecimal value = new BigDecimal(text);
    if (Math.abs((long) value.scale()) > MOST_EXPONENT) {
      throw complaint.of(row, "it holds a number that is too large or too small");
    }
    return value;
  }

  private BigDecimal rounded(SourceRow row, BigDecimal value, int decimals, boolean round) {
    BigDecimal rounded =
        value.scale() <= decimals ? value : value.setScale(decimals, RoundingMode.HALF_EVEN);
    if (!round && rounded.compareTo(value) != 0) {
      throw complaint.of(row, "it has more than " + decimals + " decimals");
    }
    return rounded;
  }

  private long bounded(SourceRow row, long value, long least, long most) {
    if (value < least || value > most) {
      throw outside(row, least, most);
    }
    return value;
  }

  private RuntimeException outside(SourceRow row, long least, long most) {
    return complaint.of(row, "it is not between " + least + " and " + most);
  }
}

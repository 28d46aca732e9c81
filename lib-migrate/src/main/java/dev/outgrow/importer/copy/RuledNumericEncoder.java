package dev.outgrow.importer.copy;

import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.reading.Numerals;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;

/** {@code numeric} of a number that may be written as text. */
final class RuledNumericEncoder implements ValueEncoder {
  private static final int MOST_DIGITS = 100_000;
  private static final int MOST_DECIMALS = 16_000;

  private final TargetType type;
  private final Numerals numbers;
  private final boolean round;

  RuledNumericEncoder(TargetType type, Numerals numbers, boolean round) {
    this.type = type;
    this.numbers = numbers;
    this.round = round;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    boolean limited = type.length() > 0;
    if (!limited && isInfinite(row, column)) {
      NumericEncoder.real(row.real(column), out);
      return;
    }
    int digits = limited ? type.length() : MOST_DIGITS + MOST_DECIMALS;
    int decimals = limited ? type.scale() : MOST_DECIMALS;
    NumericEncoder.finite(numbers.sized(row, column, digits, decimals, round), out);
  }

  private static boolean isInfinite(SourceRow row, int column) {
    return row.storageClass(column) == StorageClass.REAL && Double.isInfinite(row.real(column));
  }
}

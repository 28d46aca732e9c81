package dev.outgrow.importer.copy;

import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.reading.Numerals;
import dev.outgrow.importer.source.SourceRow;

/** {@code smallint}, {@code integer} and {@code bigint}: two, four or eight bytes. */
final class RuledIntegerEncoder implements ValueEncoder {
  private final TargetType.Base type;
  private final Numerals numbers;
  private final boolean round;

  RuledIntegerEncoder(TargetType.Base type, Numerals numbers, boolean round) {
    this.type = type;
    this.numbers = numbers;
    this.round = round;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    switch (type) {
      case SMALLINT -> small((int) read(row, column, Short.MIN_VALUE, Short.MAX_VALUE), out);
      case INTEGER -> out.shortField((int) read(row, column, Integer.MIN_VALUE, Integer.MAX_VALUE));
      default -> out.field(read(row, column, Long.MIN_VALUE, Long.MAX_VALUE));
    }
  }

  private static void small(int value, CopyWriter out) {
    out.fieldLength(Short.BYTES);
    out.int16(value);
  }

  private long read(SourceRow row, int column, long least, long most) {
    return numbers.integer(row, column, least, most, round);
  }
}

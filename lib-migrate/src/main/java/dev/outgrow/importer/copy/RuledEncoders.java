package dev.outgrow.importer.copy;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.reading.CellReaders;
import dev.outgrow.importer.reading.MomentReader;
import dev.outgrow.importer.reading.Numerals;
import dev.outgrow.importer.source.Reading;

/** Encoders of columns whose cells do not mean what they are stored as. */
final class RuledEncoders {
  private RuledEncoders() {}

  static ValueEncoder of(ColumnMapping column, Place place) {
    ValueEncoder encoder = encoder(column.type(), column.reading(), place);
    return column.reading().emptyIsNull() ? new EmptyAsNullEncoder(encoder) : encoder;
  }

  private static ValueEncoder encoder(TargetType type, Reading reading, Place place) {
    CellReaders cells = new CellReaders(reading, place::unlikeRule);
    Numerals numbers = new Numerals(place::unlikeRule);
    boolean round = reading.round();
    return switch (type.base()) {
      case SMALLINT, INTEGER, BIGINT -> new RuledIntegerEncoder(type.base(), numbers, round);
      case NUMERIC -> new RuledNumericEncoder(type, numbers, round);
      case DOUBLE_PRECISION ->
          (row, i, out) -> out.field(Double.doubleToRawLongBits(numbers.real(row, i, round)));
      case REAL ->
          (row, i, out) ->
              out.shortField(Float.floatToRawIntBits(numbers.shortReal(row, i, round)));
      case BOOLEAN -> (row, i, out) -> out.byteField(cells.truth(row, i) ? 1 : 0);
      case UUID -> (row, i, out) -> out.field(cells.uuid(row, i));
      case TEXT, VARCHAR -> (row, i, out) -> out.field(cells.text(row, i, type.length()));
      case JSON -> (row, i, out) -> out.field(cells.json(row, i));
      case JSONB -> new JsonbEncoder(cells);
      case BYTEA -> new ByteaEncoder(place);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> moment(type.base(), cells.moments());
    };
  }

  private static ValueEncoder moment(TargetType.Base type, MomentReader moments) {
    return switch (type) {
      case DATE -> (row, i, out) -> out.shortField(moments.day(row, i));
      case TIME -> (row, i, out) -> out.field(moments.time(row, i));
      case TIMESTAMP -> (row, i, out) -> out.field(moments.local(row, i));
      default -> (row, i, out) -> out.field(moments.moment(row, i));
    };
  }
}

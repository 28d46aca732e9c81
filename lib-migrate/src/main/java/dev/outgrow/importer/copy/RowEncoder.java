package dev.outgrow.importer.copy;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes rows of one table, column by column in the order of its mapping, but for the columns that
 * PostgreSQL computes. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RowEncoder {
  private final ValueEncoder[] encoders;
  private final int[] positions;

  private RowEncoder(ValueEncoder[] encoders, int[] positions) {
    this.encoders = encoders;
    this.positions = positions;
  }

  /** Returns an encoder for the rows of a table. */
  public static RowEncoder of(TableMapping table) {
    List<ColumnMapping> columns = table.columns();
    int[] positions =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).generated() == null)
            .toArray();
    ValueEncoder[] encoders = new ValueEncoder[positions.length];
    for (int i = 0; i < encoders.length; i++) {
      ColumnMapping column = columns.get(positions[i]);
      encoders[i] = encoder(column, new Place(table.source(), column.source()));
    }
    return new RowEncoder(encoders, positions);
  }

  /**
   * Writes one row.
   *
   * @throws ValueException if a cell does not fit its column; the row is then written in part, and
   *     the COPY can only be ended
   */
  public void write(SourceRow row, CopyWriter out) {
    out.row(encoders.length);
    for (int i = 0; i < encoders.length; i++) {
      int position = positions[i];
      if (row.storageClass(position) == StorageClass.NULL) {
        out.nullField();
      } else {
        encoders[i].encode(row, position, out);
      }
    }
  }

  /**
   * Finds the cells of a row that do not fit their columns.
   *
   * @param row the row
   * @param scrap takes what is encoded, and is good for nothing else
   */
  public List<ValueException> misfits(SourceRow row, CopyWriter scrap) {
    List<ValueException> misfits = new ArrayList<>(0);
    for (int i = 0; i < encoders.length; i++) {
      if (row.storageClass(positions[i]) != StorageClass.NULL) {
        try {
          encoders[i].encode(row, positions[i], scrap);
        } catch (ValueException e) {
          misfits.add(e);
        }
      }
    }
    return misfits;
  }

  /** Returns how many bytes a cell that is not null takes in a COPY, its length included. */
  long fieldLength(SourceRow row, int column, CopyWriter scrap) {
    long before = scrap.written();
    encoders[column].encode(row, column, scrap);
    return scrap.written() - before;
  }

  private static ValueEncoder encoder(ColumnMapping column, Place place) {
    return column.reading().isStored() ? stored(column, place) : RuledEncoders.of(column, place);
  }

  private static ValueEncoder stored(ColumnMapping column, Place place) {
    return switch (column.type().base()) {
      case BIGINT -> new BigintEncoder(place);
      case DOUBLE_PRECISION -> new DoubleEncoder(place);
      case NUMERIC -> new NumericEncoder(place);
      case TEXT, VARCHAR, JSON -> new TextEncoder(place);
      case BYTEA -> new ByteaEncoder(place);
      case BOOLEAN -> new BooleanEncoder(place);
      case DATE -> new DateEncoder(place);
      case TIME -> new TimeEncoder(place);
      case TIMESTAMP -> new TimestampEncoder(place);
      case TIMESTAMPTZ -> new TimestamptzEncoder(place);
      case UUID -> new UuidEncoder(place);
      case SMALLINT, INTEGER, REAL, JSONB -> RuledEncoders.of(column, place);
    };
  }
}

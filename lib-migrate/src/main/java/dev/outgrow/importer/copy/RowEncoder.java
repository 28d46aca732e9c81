package dev.outgrow.importer.copy;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.List;

/**
 * Writes rows of one table, column by column in the order of its mapping. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RowEncoder {
  private final ValueEncoder[] encoders;

  private RowEncoder(ValueEncoder[] encoders) {
    this.encoders = encoders;
  }

  /** Returns an encoder for the rows of a table. */
  public static RowEncoder of(TableMapping table) {
    List<ColumnMapping> columns = table.columns();
    ValueEncoder[] encoders = new ValueEncoder[columns.size()];
    for (int i = 0; i < encoders.length; i++) {
      encoders[i] = encoder(columns.get(i), new Place(table.source(), columns.get(i).source()));
    }
    return new RowEncoder(encoders);
  }

  /**
   * Writes one row.
   *
   * @throws dev.outgrow.error.ValueException if a cell does not fit its column; the row is then
   *     written in part, and the COPY can only be ended
   */
  public void write(SourceRow row, CopyWriter out) {
    out.row(encoders.length);
    for (int i = 0; i < encoders.length; i++) {
      if (row.storageClass(i) == StorageClass.NULL) {
        out.nullField();
      } else {
        encoders[i].encode(row, i, out);
      }
    }
  }

  private static ValueEncoder encoder(ColumnMapping column, Place place) {
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
    };
  }
}

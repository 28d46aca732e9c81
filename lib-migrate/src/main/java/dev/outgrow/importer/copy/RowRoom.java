package dev.outgrow.importer.copy;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much of a page a row of one table takes at most, once PostgreSQL has moved out of it what can
 * be moved. What it takes exactly depends on how well long values compress, which only the server
 * knows; no row takes more than is said here. Source: PostgreSQL's {@code heap_compute_data_size}
 * and {@code heap_toast_insert_or_update}.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RowRoom {
  private static final int ALIGNED = 8;
  private static final int TUPLE_HEADER = 23;

  /** A longer value is moved out, or compressed until it is no longer than this. */
  private static final int LONGEST_INSIDE = 24;

  private static final int LONG_HEADER = 4;
  private static final int SHORT_HEADER = 1;

  /** One that was compressed begins at a multiple of four. */
  private static final int MOST_OF_VALUE = LONGEST_INSIDE + 3;

  private static final int FIELD_LENGTH = 4;

  private final List<ColumnMapping> columns;
  private final RowEncoder encoder;

  private RowRoom(List<ColumnMapping> columns, RowEncoder encoder) {
    this.columns = columns;
    this.encoder = encoder;
  }

  /** Returns what says it of a table's rows. */
  public static RowRoom of(TableMapping table) {
    return new RowRoom(table.columns(), RowEncoder.of(plain(table)));
  }

  /** Returns the table with a value of its own in every column: those take room, too. */
  public static TableMapping plain(TableMapping table) {
    return table.withPlain(
        table.generatedColumns().stream().map(ColumnMapping::source).collect(Collectors.toSet()));
  }

  /** Returns what no row of the table can exceed, whatever it holds. */
  public int most() {
    return header(true) + columns.size() * MOST_OF_VALUE;
  }

  /**
   * Returns what a row takes at most.
   *
   * @param row the row, every cell of which fits its column
   * @param scrap takes what is encoded, and is good for nothing else
   */
  public int most(SourceRow row, CopyWriter scrap) {
    int size = 0;
    boolean nulls = false;
    for (int i = 0; i < columns.size(); i++) {
      if (row.storageClass(i) == StorageClass.NULL) {
        nulls = true;
      } else {
        size = withValue(size, columns.get(i), encoder.fieldLength(row, i, scrap) - FIELD_LENGTH);
      }
    }
    return header(nulls) + size;
  }

  private static int withValue(int before, ColumnMapping column, long length) {
    return switch (column.type().base()) {
      case BIGINT, DOUBLE_PRECISION, TIME, TIMESTAMP, TIMESTAMPTZ -> fixed(before, Long.BYTES);
      case DATE, INTEGER, REAL -> fixed(before, Integer.BYTES);
      case SMALLINT -> fixed(before, Short.BYTES);
      case BOOLEAN -> before + 1;
      case UUID -> before + 16;
      case JSONB -> before + MOST_OF_VALUE; // it is stored otherwise than it is sent
      case TEXT, VARCHAR, JSON, BYTEA, NUMERIC ->
          before
              + (LONG_HEADER + length <= LONGEST_INSIDE
                  ? SHORT_HEADER + (int) Math.max(length, 0)
                  : MOST_OF_VALUE);
    };
  }

  private static int fixed(int before, int bytes) {
    return aligned(before, bytes) + bytes;
  }

  private int header(boolean nulls) {
    return aligned(TUPLE_HEADER + (nulls ? (columns.size() + 7) / 8 : 0), ALIGNED);
  }

  private static int aligned(int at, int to) {
    return (at + to - 1) / to * to;
  }
}

package dev.outgrow.importer;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.PlainBlobs;
import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/**
 * Finds out by the first rows of a table whether compressing its blobs gains anything. Deflate
 * gains more than what PostgreSQL compresses with: where it gains little, that gains less.
 */
final class BlobSample {
  private static final int ROWS = 200;
  private static final int VALUES = 32;
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 4 << 10;

  /** Below that, PostgreSQL stores a value within its row, and mostly tries nothing. */
  private static final int SMALL = 2_000;

  /** So many pointers to values that lie elsewhere have room in a row, whatever else it holds. */
  private static final int MOST_COLUMNS = 100;

  private final byte[] compressed = new byte[2 * PIECE_BYTES];
  private final int column;
  private int values;
  private long bytes;
  private long left;

  private BlobSample(int column) {
    this.column = column;
  }

  /** Looks at the columns of bytes of all tables. */
  static List<PlainBlobs> of(SchemaMapping mapping, Function<TableMapping, RowCursor> rows) {
    return mapping.tables().stream().flatMap(t -> of(t, rows).stream()).toList();
  }

  private static List<PlainBlobs> of(TableMapping table, Function<TableMapping, RowCursor> rows) {
    List<ColumnMapping> columns = table.columns();
    List<BlobSample> samples =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).type().equals(TargetType.BYTEA))
            .filter(i -> columns.get(i).generated() == null)
            .mapToObj(BlobSample::new)
            .toList();
    if (samples.isEmpty() || columns.size() > MOST_COLUMNS) {
      return List.of();
    }
    take(samples, table, rows);
    List<PlainBlobs> found = new ArrayList<>();
    for (BlobSample each : samples) {
      String name = columns.get(each.column).target();
      found.add(new PlainBlobs(table, name, each.values, each.gain()));
    }
    return found;
  }

  private static void take(
      List<BlobSample> samples, TableMapping table, Function<TableMapping, RowCursor> rows) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (RowCursor cursor = rows.apply(table)) {
      for (int i = 0; i < ROWS && !areWhole(samples) && cursor.next(); i++) {
        samples.forEach(s -> s.take(cursor.row(), deflater));
      }
    } finally {
      deflater.end();
    }
  }

  private static boolean areWhole(List<BlobSample> samples) {
    return samples.stream().allMatch(s -> s.values == VALUES);
  }

  private int gain() {
    return bytes == 0 ? 0 : (int) (100 - 100 * left / bytes);
  }

  private void take(SourceRow row, Deflater deflater) {
    if (values == VALUES
        || row.storageClass(column) != StorageClass.BLOB
        || row.length(column) < SMALL) {
      return;
    }
    values++;
    if (row.isLarge(column)) {
      begin(row.stream(column), deflater);
    } else {
      spread(row, deflater);
    }
  }

  /** Of a value that is not in memory only its beginning can be had at little cost. */
  private void begin(CellStream stream, Deflater deflater) {
    try (stream) {
      byte[] begin = stream.readNBytes(PIECES * PIECE_BYTES);
      for (int from = 0; from < begin.length; from += PIECE_BYTES) {
        compress(begin, from, Math.min(PIECE_BYTES, begin.length - from), deflater);
      }
    }
  }

  private void spread(SourceRow row, Deflater deflater) {
    int length = (int) row.length(column);
    int piece = Math.min(PIECE_BYTES, length / PIECES);
    for (int i = 0; i < PIECES; i++) {
      int from = (int) ((long) (length - piece) * i / (PIECES - 1));
      compress(row.array(column), row.offset(column) + from, piece, deflater);
    }
  }

  private void compress(byte[] data, int from, int length, Deflater deflater) {
    deflater.reset();
    deflater.setInput(data, from, length);
    deflater.finish();
    int size = 0;
    while (!deflater.finished()) {
      size += deflater.deflate(compressed);
    }
    bytes += length;
    left += size;
  }
}

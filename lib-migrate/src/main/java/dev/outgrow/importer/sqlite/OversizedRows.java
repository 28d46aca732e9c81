package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RawRow;
import dev.outgrow.importer.source.StorageClass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Walks over rows that are too large to hold. Statements over the same rows in the same order go
 * side by side: one for the small values and the key, one for the storage classes, one for the
 * lengths, and one for each column that has a large value, whose rows are its pieces.
 */
final class OversizedRows implements RawCursor, RawRow {
  private static final int SMALL = 64 << 10;
  private static final int PIECE = 1 << 20;
  private static final int MOST_PIECES = 1 << 11; // of the 2 GiB that a value of SQLite may have
  private static final int KEY_CHARACTERS = 200;

  private final Path file;
  private final SQLiteConnection connection;
  private final TableAccess access;
  private final TextEncoding encoding;
  private final SqliteRowCursor small;
  private final SqliteRowCursor classes;
  private final SqliteRowCursor lengths;
  private final @Nullable SqliteRowCursor[] pieces;
  private final long[] unread;

  private OversizedRows(
      Path file, SQLiteConnection connection, TableAccess access, TextEncoding encoding) {
    this.file = file;
    this.connection = connection;
    this.access = access;
    this.encoding = encoding;
    int columns = access.table().columns().size();
    this.pieces = new SqliteRowCursor[columns];
    this.unread = new long[columns];
    this.small = cursor(smallValues(access));
    this.classes = cursor(access.selecting(forEach(access, "typeof(%s)")));
    this.lengths =
        cursor(
            access.selecting(
                forEach(
                    access,
                    "CASE WHEN typeof(%1$s) IN ('text', 'blob') THEN octet_length(%1$s) ELSE 0 END")));
  }

  static OversizedRows open(
      Path file, SQLiteConnection connection, TableAccess access, TextEncoding encoding) {
    return new OversizedRows(file, connection, access, encoding);
  }

  @Override
  public boolean next() {
    boolean hasNext = small.next();
    boolean together = classes.next() == hasNext && lengths.next() == hasNext;
    if (!together) {
      throw new IllegalStateException("Walks over the same rows end at different rows");
    }
    for (int i = 0; hasNext && i < pieces.length; i++) {
      unread[i] += isLarge(i) ? count(length(i)) : 0;
    }
    return hasNext;
  }

  @Override
  public RawRow row() {
    return this;
  }

  @Override
  public int columns() {
    return pieces.length;
  }

  @Override
  public StorageClass storageClass(int column) {
    String word = new String(classes.row().bytes(column), StandardCharsets.UTF_8);
    return StorageClass.valueOf(word.toUpperCase(Locale.ROOT));
  }

  @Override
  public long integer(int column) {
    return small.row().integer(column);
  }

  @Override
  public double real(int column) {
    return small.row().real(column);
  }

  @Override
  public long length(int column) {
    return lengths.row().integer(column);
  }

  @Override
  public String key() {
    return small.row().key();
  }

  @Override
  public void pieces(int column, Consumer<byte[]> consumer) {
    if (!isLarge(column)) {
      consumer.accept(small.row().bytes(column));
      return;
    }
    SqliteRowCursor cursor = piecesOf(column);
    long wanted = count(length(column));
    boolean isText = storageClass(column) == StorageClass.TEXT;
    for (; unread[column] > 0; unread[column]--) {
      if (!cursor.next()) {
        throw new IllegalStateException("A value has fewer pieces than its length says");
      }
      if (unread[column] <= wanted) { // what comes before belongs to rows that nobody asked for
        byte[] piece = cursor.row().bytes(0);
        consumer.accept(wanted == 1 && isText ? encoding.toUtf8(piece) : piece);
      }
    }
  }

  @Override
  public void close() {
    small.close();
    classes.close();
    lengths.close();
    Arrays.stream(pieces).forEach(OversizedRows::close);
  }

  private static void close(@Nullable SqliteRowCursor cursor) {
    if (cursor != null) {
      cursor.close();
    }
  }

  private boolean isLarge(int column) {
    return length(column) > SMALL;
  }

  private static long count(long bytes) {
    return (bytes + PIECE - 1) / PIECE;
  }

  private SqliteRowCursor piecesOf(int column) {
    SqliteRowCursor open = pieces[column];
    if (open == null) {
      TableAccess value =
          new TableAccess(
              access.table(), List.of("bytes"), List.of(), List.of(), Long.MAX_VALUE, "");
      open = SqliteRowCursor.open(file, connection, value, piecesSql(column), encoding);
      pieces[column] = open;
    }
    return open;
  }

  /** A row for each piece of each large value of a column, in the order of the table's rows. */
  private String piecesSql(int column) {
    String value = TableAccess.quote(access.table().columns().get(column).name());
    String piece = "1 + piece.n * " + PIECE + ", " + PIECE + ")";
    return "WITH RECURSIVE piece(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM piece WHERE n < "
        + MOST_PIECES
        + ") SELECT CASE typeof("
        + value
        + ") WHEN 'blob' THEN substr("
        + value
        + ", "
        + piece
        + " ELSE substr(CAST("
        + value
        + " AS BLOB), "
        + piece
        + " END"
        + access.where("").fromSql()
        + " CROSS JOIN piece WHERE "
        + access.condition()
        + " AND typeof("
        + value
        + ") IN ('text', 'blob') AND octet_length("
        + value
        + ") > "
        + SMALL
        + " AND piece.n * "
        + PIECE
        + " < octet_length("
        + value
        + ")";
  }

  private static TableAccess smallValues(TableAccess access) {
    List<String> selected = new ArrayList<>(forEach(access, masked("NULL")));
    int columns = selected.size();
    List<Integer> positions = new ArrayList<>();
    for (int position : access.keyPositions()) {
      positions.add(columns + positions.size());
      String part = access.selected().get(position);
      selected.add(String.format(masked("substr(%1$s, 1, " + KEY_CHARACTERS + ")"), part));
    }
    return new TableAccess(
        access.table(), selected, access.keyNames(), positions, access.limit(), access.condition());
  }

  private static String masked(String otherwise) {
    return "CASE WHEN typeof(%1$s) IN ('text', 'blob') AND octet_length(%1$s) > "
        + SMALL
        + " THEN "
        + otherwise
        + " ELSE %1$s END";
  }

  private static List<String> forEach(TableAccess access, String expression) {
    return access.table().columns().stream()
        .map(c -> String.format(expression, TableAccess.quote(c.name())))
        .toList();
  }

  private SqliteRowCursor cursor(TableAccess what) {
    return SqliteRowCursor.open(file, connection, what, encoding);
  }
}

package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.StorageClass;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The large cells of the row a cursor stands on. <em>Not thread-safe.</em> */
final class LargeCells implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final SQLiteConnection connection;
  private final LargeAccess access;
  private final TextEncoding encoding;
  private final @Nullable Cell[] cells;
  private final Map<Integer, PreparedStatement> statements = new HashMap<>();
  private boolean any;
  private long rowsBefore = -1;
  private long rowid;

  LargeCells(Path file, SQLiteConnection connection, LargeAccess access, TextEncoding encoding) {
    this.file = file;
    this.connection = connection;
    this.access = access;
    this.encoding = encoding;
    this.cells = new Cell[access.access().selectedColumns()];
  }

  /** Takes the list of large cells of the row that a statement of {@link LargeAccess} stands on. */
  void load(long statement) throws SQLException {
    rowsBefore++;
    if (any) {
      Arrays.fill(cells, null);
    }
    String list = connection.getDatabase().column_text(statement, access.listPosition());
    any = list != null;
    if (list != null) {
      list.lines().forEach(this::add);
      rowid = connection.getDatabase().column_long(statement, access.rowidPosition());
    }
  }

  private void add(String entry) {
    int letter = Math.max(entry.indexOf('t'), entry.indexOf('b'));
    StorageClass kind = entry.charAt(letter) == 't' ? StorageClass.TEXT : StorageClass.BLOB;
    int column = Integer.parseInt(entry.substring(0, letter));
    cells[column] = new Cell(kind, Long.parseLong(entry.substring(letter + 1)));
  }

  /** Returns what is stored in a large cell, or null for a cell that is not large. */
  @Nullable StorageClass storageClass(int column) {
    Cell cell = cells[column];
    return cell == null ? null : cell.storageClass;
  }

  /** Returns how many bytes a large cell has, of text in UTF-8. */
  long length(int column) {
    Cell cell = cell(column);
    if (!isTurned(cell)) {
      return cell.bytes;
    }
    if (cell.utf8Bytes < 0) {
      cell.utf8Bytes = count(column);
    }
    return cell.utf8Bytes;
  }

  /** Returns the bytes of a large cell, of text in UTF-8. */
  CellStream stream(int column) {
    Cell cell = cell(column);
    Pieces stored = new StoredPieces(this, column, cell.bytes, access.piecesAtOnce(column));
    return new PieceStream(
        isTurned(cell) ? new Utf16Pieces(stored, encoding == TextEncoding.UTF_16LE) : stored);
  }

  /** Returns the statement for the pieces of a column, ready for the row. */
  PreparedStatement statement(int column) throws SQLException {
    PreparedStatement statement = statements.get(column);
    if (statement == null) {
      statement = connection.prepareStatement(access.piecesSql(column));
      statements.put(column, statement);
    }
    statement.setLong(2, access.rowid() == null ? rowsBefore : rowid);
    return statement;
  }

  /** Returns the error for a failure while a cell was read. */
  RuntimeException failure(SQLException e) {
    String table = access.access().table().name();
    return SqliteFailures.translate(file, "table " + table + " was read", e);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
  }

  private boolean isTurned(Cell cell) {
    return cell.storageClass == StorageClass.TEXT && encoding != TextEncoding.UTF_8;
  }

  private long count(int column) {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    try (CellStream stream = stream(column)) {
      for (int n = stream.read(buffer, 0, BUFFER); n >= 0; n = stream.read(buffer, 0, BUFFER)) {
        bytes += n;
      }
    }
    return bytes;
  }

  private Cell cell(int column) {
    Cell cell = cells[column];
    if (cell == null) {
      throw new IllegalArgumentException("The cell of column " + column + " is not large");
    }
    return cell;
  }

  /** A large cell: the bytes it has in the file and, once they were counted, in UTF-8. */
  private static final class Cell {
    private final StorageClass storageClass;
    private final long bytes;
    private long utf8Bytes = -1;

    Cell(StorageClass storageClass, long bytes) {
      this.storageClass = storageClass;
      this.bytes = bytes;
    }
  }
}

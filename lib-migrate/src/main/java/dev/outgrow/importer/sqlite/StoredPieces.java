package dev.outgrow.importer.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A cell as the file stores it. Several pieces are asked for with one statement. */
final class StoredPieces implements Pieces {
  private static final long SMALLEST_PIECE = 1 << 20;
  private static final long LARGEST_PIECE = 16 << 20;
  private static final int STATEMENTS = 64;

  private final LargeCells cells;
  private final int column;
  private final long length;
  private final int atOnce;
  private final long pieceBytes;
  private @Nullable ResultSet results;
  private long position;
  private int taken;

  /**
   * Begins with the first byte.
   *
   * @param cells the cells it is one of
   * @param column its column
   * @param length its bytes
   * @param atOnce how many pieces a statement asks for: with one only, they are larger, because
   *     SQLite reads the whole cell for each
   */
  StoredPieces(LargeCells cells, int column, long length, int atOnce) {
    this.cells = cells;
    this.column = column;
    this.length = length;
    this.atOnce = atOnce;
    this.pieceBytes =
        atOnce > 1
            ? SMALLEST_PIECE
            : Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, length / STATEMENTS));
  }

  @Override
  public byte @Nullable [] next() {
    if (position >= length) {
      return null;
    }
    try {
      ResultSet row = results == null || taken == atOnce ? execute() : results;
      byte[] piece = row.getBytes(++taken);
      if (piece == null || piece.length != Math.min(pieceBytes, length - position)) {
        throw new IllegalStateException("SQLite gave another piece of a cell than was asked for");
      }
      position += piece.length;
      return piece;
    } catch (SQLException e) {
      throw cells.failure(e);
    }
  }

  private ResultSet execute() throws SQLException {
    close();
    PreparedStatement statement = cells.statement(column);
    statement.setLong(1, position + 1);
    statement.setLong(3, pieceBytes);
    ResultSet row = statement.executeQuery();
    results = row;
    taken = 0;
    if (!row.next()) {
      throw new IllegalStateException("SQLite does not find a row again that it gave before");
    }
    return row;
  }

  @Override
  public void close() {
    try {
      if (results != null) {
        results.close();
        results = null;
      }
    } catch (SQLException e) {
      throw cells.failure(e);
    }
  }
}

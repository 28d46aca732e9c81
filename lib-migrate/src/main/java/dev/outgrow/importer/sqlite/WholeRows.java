package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteLimits;

/**
 * Walks over rows that are read as a whole, in the hope that none is too large for that. SQLite is
 * told to give up before it takes a larger value into memory, so that nobody has to look for one
 * beforehand. <em>Not thread-safe.</em>
 */
final class WholeRows implements RowCursor {
  private final SQLiteConnection connection;
  private final RowCursor rows;
  private final ReadLimit limit;
  private final int before;

  private WholeRows(SQLiteConnection connection, RowCursor rows, ReadLimit limit, int before) {
    this.connection = connection;
    this.rows = rows;
    this.limit = limit;
    this.before = before;
  }

  /**
   * Begins a walk.
   *
   * @param connection SQLite's connection
   * @param table the table
   * @param walk begins it
   * @throws dev.outgrow.error.ValueException if the first row is too large
   */
  static WholeRows open(SQLiteConnection connection, String table, Walk walk) throws SQLException {
    ReadLimit limit = ReadLimit.of(table, LargeAccess.WHOLE_ROW);
    int before = setLargestValue(connection, (int) LargeAccess.WHOLE_ROW);
    try {
      return new WholeRows(connection, walk.begin(limit), limit, before);
    } catch (SourceFileException e) {
      setLargestValue(connection, before);
      throw isTooLarge(e) ? limit.exceed() : e;
    }
  }

  /** Begins a walk that keeps to a limit. */
  @FunctionalInterface
  interface Walk {
    /** Begins it. */
    RowCursor begin(ReadLimit limit) throws SQLException;
  }

  /** Returns what the largest value was before. */
  private static int setLargestValue(SQLiteConnection connection, int bytes) throws SQLException {
    return connection.getDatabase().limit(SQLiteLimits.SQLITE_LIMIT_LENGTH.getId(), bytes);
  }

  private static boolean isTooLarge(SourceFileException e) {
    return e.getCause() instanceof SQLException cause
        && cause.getErrorCode() == SQLiteErrorCode.SQLITE_TOOBIG.code;
  }

  /**
   * Moves to the next row.
   *
   * @throws dev.outgrow.error.ValueException if it is too large
   */
  @Override
  public boolean next() {
    try {
      return rows.next();
    } catch (SourceFileException e) {
      throw isTooLarge(e) ? limit.exceed() : e;
    }
  }

  @Override
  public SourceRow row() {
    return rows.row();
  }

  /** Returns whether a row was too large. */
  boolean metLargeRow() {
    return limit.exceeded();
  }

  @Override
  public void close() {
    try (rows) {
      setLargestValue(connection, before);
    } catch (SQLException e) {
      throw new IllegalStateException("SQLite takes back no limit", e);
    }
  }
}

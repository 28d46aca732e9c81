package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** Walks over the rows of a table through SQLite's own library. */
final class SqliteRowCursor implements RowCursor {
  private final Path file;
  private final String table;
  private final PreparedStatement statement;
  private final ResultSet results;
  private final SqliteRow row;
  private final @Nullable LargeCells large;

  private SqliteRowCursor(
      Path file,
      String table,
      PreparedStatement statement,
      ResultSet results,
      SqliteRow row,
      @Nullable LargeCells large) {
    this.file = file;
    this.table = table;
    this.statement = statement;
    this.results = results;
    this.row = row;
    this.large = large;
  }

  static SqliteRowCursor open(
      Path file, SQLiteConnection connection, TableAccess access, TextEncoding encoding) {
    return open(file, connection, access, encoding, ReadLimit.none(access.table().name()));
  }

  /** Walks over rows of which so much is read as a whole. */
  static SqliteRowCursor open(
      Path file,
      SQLiteConnection connection,
      TableAccess access,
      TextEncoding encoding,
      ReadLimit limit) {
    return open(file, connection, access, encoding, access.selectSql(), null, limit);
  }

  /** Walks over what another statement returns that selects the same. */
  static SqliteRowCursor open(
      Path file,
      SQLiteConnection connection,
      TableAccess access,
      String sql,
      TextEncoding encoding) {
    ReadLimit none = ReadLimit.none(access.table().name());
    return open(file, connection, access, encoding, sql, null, none);
  }

  /** Walks over a table that has large rows. */
  static SqliteRowCursor open(
      Path file, SQLiteConnection connection, LargeAccess access, TextEncoding encoding) {
    LargeCells large = new LargeCells(file, connection, access, encoding);
    ReadLimit none = ReadLimit.none(access.access().table().name());
    return open(file, connection, access.access(), encoding, access.selectSql(), large, none);
  }

  private static SqliteRowCursor open(
      Path file,
      SQLiteConnection connection,
      TableAccess access,
      TextEncoding encoding,
      String sql,
      @Nullable LargeCells large,
      ReadLimit limit) {
    String table = access.table().name();
    PreparedStatement statement = null;
    try {
      statement = connection.prepareStatement(sql);
      ResultSet results = statement.executeQuery();
      SqliteRow row =
          new SqliteRow(
              file,
              connection.getDatabase(),
              SqliteRow.pointer(statement),
              access,
              encoding,
              large,
              limit);
      return new SqliteRowCursor(file, table, statement, results, row, large);
    } catch (SQLException e) {
      SourceFileException failure = SqliteFailures.translate(file, doing(table), e);
      if (statement != null) {
        close(statement, failure);
      }
      throw failure;
    }
  }

  @Override
  public boolean next() {
    try {
      boolean hasNext = results.next();
      if (hasNext) {
        row.load();
      }
      return hasNext;
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, doing(table), e);
    }
  }

  @Override
  public SourceRow row() {
    return row;
  }

  @Override
  public void close() {
    try (statement) {
      if (large != null) {
        large.close();
      }
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, doing(table), e);
    }
  }

  private static void close(PreparedStatement statement, SourceFileException failure) {
    try {
      statement.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static String doing(String table) {
    return "table " + table + " was read";
  }
}

package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/** Walks over the rows of a table through SQLite's own library. */
final class SqliteRowCursor implements RowCursor {
  private final Path file;
  private final String table;
  private final PreparedStatement statement;
  private final ResultSet results;
  private final SqliteRow row;

  private SqliteRowCursor(
      Path file, String table, PreparedStatement statement, ResultSet results, SqliteRow row) {
    this.file = file;
    this.table = table;
    this.statement = statement;
    this.results = results;
    this.row = row;
  }

  static SqliteRowCursor open(
      Path file, SQLiteConnection connection, TableAccess access, TextEncoding encoding) {
    String table = access.table().name();
    PreparedStatement statement = null;
    try {
      statement = connection.prepareStatement(access.selectSql());
      ResultSet results = statement.executeQuery();
      SqliteRow row =
          new SqliteRow(
              file, connection.getDatabase(), SqliteRow.pointer(statement), access, encoding);
      return new SqliteRowCursor(file, table, statement, results, row);
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
    try {
      statement.close();
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

package dev.outgrow.importer.file;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of either file to compare them: by the driver's own results, and so in another way
 * than the rows that are loaded. A value is a {@link Long}, a {@link Double}, a {@link Text}, an
 * array of bytes, or null. Used by one thread.
 */
final class StoredRows implements AutoCloseable {
  private final Statement statement;
  private final ResultSet results;
  private final boolean utf8;
  private final int columns;

  /** Text by its bytes in UTF-8, valid or not. */
  static final class Text {
    private final byte[] utf8;

    Text(byte[] utf8) {
      this.utf8 = utf8;
    }

    byte[] utf8() {
      return utf8;
    }
  }

  StoredRows(Connection connection, StoredTable table, long most) throws SQLException {
    this.utf8 = isUtf8(connection);
    this.columns = table.columns().size();
    this.statement = connection.createStatement();
    try {
      this.results = statement.executeQuery(table.selectSql(table.columns(), most));
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Returns whether a file keeps its text in UTF-8. */
  static boolean isUtf8(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA main.encoding")) {
      return row.next() && row.getString(1).equals("UTF-8");
    }
  }

  /** Returns the next row, or null behind the last. */
  @Nullable Object @Nullable [] next() throws SQLException {
    if (!results.next()) {
      return null;
    }
    @Nullable Object[] row = new @Nullable Object[columns];
    for (int i = 0; i < columns; i++) {
      row[i] = value(i + 1);
    }
    return row;
  }

  private @Nullable Object value(int column) throws SQLException {
    Object value = results.getObject(column);
    if (value instanceof Integer whole) {
      return whole.longValue();
    }
    if (value instanceof String text) {
      return new Text(utf8 ? results.getBytes(column) : text.getBytes(StandardCharsets.UTF_8));
    }
    return value;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}

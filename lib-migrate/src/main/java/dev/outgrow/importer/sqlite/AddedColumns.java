package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.page.PageTable;
import dev.outgrow.importer.page.Value;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * Asks SQLite for the values of columns that were added to a table with rows. What the definition
 * says is not always what SQLite makes of it: so SQLite is shown a row of one field, in a database
 * of its own in memory, under the definition of this table. In the file itself it could only be
 * asked for a row by its rowid, and a damaged file may have another of the same.
 */
record AddedColumns(Connection connection, TableAccess access) implements PageTable.Added {
  @Override
  public Optional<Value> value(int column) {
    if (column == 0) {
      return Optional.empty(); // the one field that the row in memory has
    }
    try (Connection memory = JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties());
        Statement statement = memory.createStatement()) {
      String name = Dialect.SQLITE.quote(access.table().name());
      statement.execute("CREATE TABLE " + name + " (field)");
      statement.execute("INSERT INTO " + name + " VALUES (NULL)");
      statement.execute("PRAGMA writable_schema = ON");
      define(memory);
      statement.execute("PRAGMA writable_schema = RESET");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT typeof(v), v FROM (SELECT "
                  + access.selected().get(column)
                  + " AS v FROM "
                  + name
                  + " AS "
                  + TableAccess.ALIAS
                  + " NOT INDEXED)")) {
        return row.next() ? Optional.of(value(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      return Optional.empty(); // then it is SQLite that reads the table
    }
  }

  private void define(Connection memory) throws SQLException {
    try (PreparedStatement definition =
            connection.prepareStatement(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?");
        PreparedStatement update = memory.prepareStatement("UPDATE sqlite_schema SET sql = ?")) {
      definition.setString(1, access.table().name());
      try (ResultSet row = definition.executeQuery()) {
        update.setString(1, row.next() ? row.getString(1) : null);
        update.executeUpdate();
      }
    }
  }

  private static Value value(ResultSet row) throws SQLException {
    return switch (row.getString(1)) {
      case "integer" ->
          new Value(StorageClass.INTEGER, row.getLong(2), row.getLong(2), new byte[0]);
      case "real" -> new Value(StorageClass.REAL, 0, row.getDouble(2), new byte[0]);
      case "text" -> new Value(StorageClass.TEXT, 0, 0, row.getBytes(2));
      case "blob" -> new Value(StorageClass.BLOB, 0, 0, row.getBytes(2));
      default -> Value.NULL;
    };
  }
}

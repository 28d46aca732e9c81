package dev.outgrow.database.catalog;

import dev.outgrow.schema.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of {@code sqlite_schema}.
 *
 * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
 * @param name its name
 * @param table the table or view it belongs to; its own name for these
 * @param sql its definition, or empty where SQLite made it by itself
 */
record SqliteObject(String type, String name, String table, String sql) {

  /** Reads all rows but SQLite's own, in the order in which they were made. */
  static List<SqliteObject> all(Connection connection) throws SQLException {
    List<SqliteObject> objects = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema"
                    + " ORDER BY rowid")) {
      while (rows.next()) {
        SqliteObject object =
            new SqliteObject(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        if (!Identifier.folded(object.name()).startsWith("sqlite_")) {
          objects.add(object);
        }
      }
    }
    return objects;
  }
}

package dev.outgrow.importer.salvage;

import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the sound copy its schema, through SQLite: the definitions go in as values and are read by
 * SQLite as it reads those of any file. What it does not understand is taken out again.
 */
final class SoundSchema {
  private final String url;
  private final Map<SchemaRow, Integer> rows;
  private final List<Lost> lost;

  SoundSchema(Path sound, Map<SchemaRow, Integer> rows, List<Lost> lost) {
    this.url = "jdbc:sqlite:file:" + sound.toUri().getRawPath();
    this.rows = rows;
    this.lost = lost;
  }

  void write() throws SQLException {
    insert();
    for (int attempts = 0; attempts <= rows.size(); attempts++) {
      String refused = refused();
      if (refused.isEmpty()) {
        break;
      }
      remove(refused);
    }
    reindex();
  }

  private void insert() throws SQLException {
    try (Connection connection = open("PRAGMA writable_schema = ON");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (Map.Entry<SchemaRow, Integer> row : rows.entrySet()) {
        insert.setString(1, row.getKey().type());
        insert.setString(2, row.getKey().name());
        insert.setString(3, row.getKey().table());
        insert.setInt(4, row.getValue());
        insert.setString(5, row.getKey().sql());
        insert.executeUpdate();
      }
      connection.commit();
    }
  }

  /** Returns the name of something that SQLite refuses, or nothing. */
  private String refused() throws SQLException {
    String current = "";
    try (Connection connection = open("PRAGMA cell_size_check = ON");
        Statement statement = connection.createStatement()) {
      for (SchemaRow row : rows.keySet()) {
        if (row.is("table") && row.root() > 0 && remains(connection, row.name())) {
          current = row.name();
          statement
              .executeQuery(
                  "SELECT count(*) FROM " + Dialect.SQLITE.quote(row.name()) + " NOT INDEXED")
              .close();
        }
      }
      return "";
    } catch (SQLException e) {
      String name = named(String.valueOf(e.getMessage())).orElse(current);
      if (name.isEmpty()) {
        throw e;
      }
      lost.add(new Lost(name, "Its definition cannot be used any more: " + firstLine(e)));
      return name;
    }
  }

  private Optional<String> named(String message) {
    return rows.keySet().stream()
        .map(SchemaRow::name)
        .filter(n -> message.contains("malformed database schema (" + n + ")"))
        .findFirst();
  }

  private static boolean remains(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet result = query.executeQuery()) {
        return result.next();
      }
    }
  }

  /** Takes out the last of what has this name; of two tables of one name the first is kept. */
  private void remove(String name) throws SQLException {
    try (Connection connection = open("PRAGMA writable_schema = ON");
        PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM sqlite_schema WHERE rowid ="
                    + " (SELECT max(rowid) FROM sqlite_schema WHERE name = ?1)"
                    + " OR tbl_name = ?1 AND type = 'index'")) {
      delete.setString(1, name);
      delete.executeUpdate();
    }
  }

  private void reindex() throws SQLException {
    try (Connection connection = open("PRAGMA cell_size_check = ON");
        Statement statement = connection.createStatement()) {
      List<String> indexes = new ArrayList<>();
      for (SchemaRow row : rows.keySet()) {
        if (row.is("index") && remains(connection, row.name())) {
          indexes.add(row.name());
        }
      }
      for (String index : indexes) {
        try {
          statement.execute("REINDEX " + Dialect.SQLITE.quote(index));
        } catch (SQLException e) {
          lost.add(
              new Lost(
                  index, "The index cannot be made from the rows that are left: " + firstLine(e)));
        }
      }
    }
  }

  /** It is a file of our own: a crash may take it. */
  private Connection open(String pragma) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute(pragma);
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }
}

package dev.outgrow.importer.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The last number each table of a file has given to a row, so that none is used again. */
final class LastNumbers {
  private LastNumbers() {}

  /** Returns them by their table; none where no table keeps them. */
  static Map<String, String> of(Connection connection) throws SQLException {
    Map<String, String> numbers = new TreeMap<>();
    if (FileSchema.read(connection).counted()) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT name, seq FROM main.sqlite_sequence")) {
        while (row.next()) {
          numbers.put(String.valueOf(row.getString(1)), String.valueOf(row.getString(2)));
        }
      }
    }
    return numbers;
  }

  /** Puts those of some tables in the place of what loading them has left. */
  static void carry(Connection source, Connection target, Iterable<StoredTable> tables)
      throws SQLException {
    if (!FileSchema.read(target).counted()) {
      return; // the tables that count are not carried
    }
    try (Statement statement = target.createStatement()) {
      statement.execute("DELETE FROM main.sqlite_sequence");
    }
    try (PreparedStatement read =
            source.prepareStatement("SELECT seq FROM main.sqlite_sequence WHERE name = ?");
        PreparedStatement write =
            target.prepareStatement("INSERT INTO main.sqlite_sequence(name, seq) VALUES (?, ?)")) {
      for (StoredTable table : tables) {
        read.setString(1, table.name());
        try (ResultSet row = read.executeQuery()) {
          if (row.next()) {
            write.setString(1, table.name());
            write.setObject(2, row.getObject(1));
            write.execute();
          }
        }
      }
    }
  }
}

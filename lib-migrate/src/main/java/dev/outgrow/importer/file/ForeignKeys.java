package dev.outgrow.importer.file;

import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rows refer to nothing, as SQLite's own {@code foreign_key_check} says.
 *
 * <p><em>Immutable.</em>
 *
 * @param counts how many there are, by their table; none where there are none
 * @param first the first of them
 * @param unchecked tables with a key that SQLite cannot check, because what it refers to is not
 *     unique or has not so many columns, by what SQLite says
 * @since 0.1
 */
public record ForeignKeys(
    Map<String, Long> counts, List<Orphan> first, Map<String, String> unchecked) {

  /** Copies the lists and maps. */
  public ForeignKeys {
    counts = Map.copyOf(counts);
    first = List.copyOf(first);
    unchecked = Map.copyOf(unchecked);
  }

  /**
   * A row that refers to nothing.
   *
   * @param table its table
   * @param key the row, or nothing where rows have no number
   * @param parent the table it refers to
   */
  public record Orphan(String table, String key, String parent) {}

  /**
   * Checks tables.
   *
   * @param connection the file's
   * @param tables the tables
   * @param shown how many orphans are told one by one
   */
  public static ForeignKeys check(Connection connection, List<StoredTable> tables, int shown) {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, String> unchecked = new TreeMap<>();
    List<Orphan> first = new ArrayList<>();
    for (StoredTable table : tables) {
      try {
        long found = check(connection, table.name(), first, shown);
        if (found > 0) {
          counts.put(table.name(), found);
        }
      } catch (SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (!said.contains("foreign key mismatch")) {
          throw SqlFailures.translate(e, "Checking the foreign keys of table " + table.name());
        }
        unchecked.put(table.name(), said.substring(said.indexOf("foreign key mismatch")));
      }
    }
    return new ForeignKeys(counts, first, unchecked);
  }

  private static long check(Connection connection, String table, List<Orphan> first, int shown)
      throws SQLException {
    long found = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT \"rowid\", parent FROM pragma_foreign_key_check(?, 'main')")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found++;
          if (first.size() < shown) {
            String number = row.getString(1);
            first.add(new Orphan(table, number == null ? "" : "rowid=" + number, row.getString(2)));
          }
        }
      }
    }
    return found;
  }
}

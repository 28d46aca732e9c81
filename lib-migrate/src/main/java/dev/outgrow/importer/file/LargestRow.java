package dev.outgrow.importer.file;

import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How many bytes of text and blobs the largest row of a table has. SQLite finds the lengths at the
 * beginning of a row and does not read the values for it. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class LargestRow {
  private LargestRow() {}

  /** Returns whether a whole file has no more bytes, so that no row of it can have more. */
  public static boolean isFileWithin(Connection connection, long most) {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")) {
      return row.next() && row.getLong(1) <= most;
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking for the size of a SQLite file");
    }
  }

  /** Returns it; numbers count as the text they would be. */
  public static long of(Connection connection, StoredTable table) {
    List<String> lengths =
        table.written().stream()
            .map(c -> "coalesce(octet_length(c." + StoredTable.quote(c) + "), 0)")
            .toList();
    String sql =
        "SELECT max("
            + sum(lengths)
            + ") FROM "
            + StoredTable.quote(table.name())
            + " AS c NOT INDEXED";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking for the largest row of table " + table.name());
    }
  }

  /** SQLite takes no expression that is more than 1,000 deep, so it is a tree and no chain. */
  private static String sum(List<String> terms) {
    int half = terms.size() / 2;
    return terms.size() == 1
        ? terms.get(0)
        : "(" + sum(terms.subList(0, half)) + " + " + sum(terms.subList(half, terms.size())) + ")";
  }
}

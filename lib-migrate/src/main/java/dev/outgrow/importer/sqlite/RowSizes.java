package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.schema.Identifier;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * How large the rows of each table are, as far as it matters: which tables have rows that are not
 * read as a whole, and of which tables rows are left out because they are larger than an import
 * carries. <em>Not thread-safe.</em>
 */
final class RowSizes {
  private final TextEncoding encoding;
  private final long fileBytes;
  private final KeyCounts.Numbers numbers;
  private final Map<String, Long> largest = new HashMap<>();
  private final Map<String, Long> limits = new HashMap<>();

  /**
   * Knows nothing yet.
   *
   * @param encoding how the file stores text
   * @param fileBytes its size: no row is larger
   * @param numbers answers what is asked of it
   */
  RowSizes(TextEncoding encoding, long fileBytes, KeyCounts.Numbers numbers) {
    this.encoding = encoding;
    this.fileBytes = fileBytes;
    this.numbers = numbers;
  }

  /** Returns whether a file of this size can have rows that are not read as a whole. */
  boolean matter(long largestRow) {
    return encoding.mostUtf8(fileBytes) > Math.min(largestRow, LargeAccess.WHOLE_ROW);
  }

  /**
   * Has SQLite look for large rows, for which it need not read the values.
   *
   * @param table the table
   * @param largestRow the most bytes of text and blobs of a row that is carried
   * @return how many rows are larger, and are left out from now on
   */
  long measure(SqliteTable table, long largestRow) throws SQLException {
    if (!matter(largestRow)) {
      return 0;
    }
    largest.put(folded(table), numbers.ask(Queries.largestRow(table.table())));
    if (largest(table) <= largestRow) {
      return 0;
    }
    long oversized = numbers.ask(Queries.countLarger(table.table(), largestRow));
    if (oversized > 0) {
      limits.put(folded(table), largestRow);
    }
    return oversized;
  }

  /**
   * Returns whether some rows are too large once their text is in UTF-8, which only reading tells.
   */
  boolean mayExceed(SqliteTable table, long largestRow) {
    return encoding.mostUtf8(Math.min(largest(table), largestRow)) > largestRow;
  }

  /** Returns whether every row of a table is read as a whole. */
  boolean whole(SqliteTable table) {
    return largest(table) <= LargeAccess.WHOLE_ROW;
  }

  /** Returns the condition that leaves out the rows that are too large; empty if there are none. */
  String carried(SqliteTable table, String alias) {
    Long limit = limits.get(folded(table));
    return limit == null ? "" : Queries.size(table.table(), alias) + " <= " + limit;
  }

  /** Returns the condition that selects the rows that are too large. */
  String oversized(SqliteTable table, String alias) {
    Long limit = limits.get(folded(table));
    return limit == null ? "false" : Queries.size(table.table(), alias) + " > " + limit;
  }

  private long largest(SqliteTable table) {
    return largest.getOrDefault(folded(table), 0L);
  }

  private static String folded(SqliteTable table) {
    return Identifier.folded(table.name());
  }
}

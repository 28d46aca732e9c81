package dev.outgrow.migration.safety;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is in the database now.
 *
 * @param sql its name, quoted
 * @param partitioned whether its rows are in partitions
 * @param rows how many rows it has, about; exact as long as it is small
 * @param columns its columns by name
 * @param key the columns of its primary key
 * @param checked whether it has a CHECK that is valid
 * @param proven the columns that a valid CHECK proves to hold no NULL
 */
record LiveTable(
    String sql,
    boolean partitioned,
    long rows,
    Map<String, Column> columns,
    List<String> key,
    boolean checked,
    Set<String> proven) {
  /**
   * A column.
   *
   * @param type its type, with its length, as the backend writes it
   * @param notNull whether it is NOT NULL already
   */
  record Column(String type, boolean notNull) {}

  /** Returns a column, or null if it is not there. */
  @Nullable Column column(String name) {
    Column column = columns.get(name);
    return column == null ? columns.get(name.toLowerCase(Locale.ROOT)) : column;
  }

  String shown() {
    return sql + " (about " + rows + (rows == 1 ? " row)" : " rows)");
  }
}

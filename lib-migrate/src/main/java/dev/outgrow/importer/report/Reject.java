package dev.outgrow.importer.report;

/**
 * A row that could not be carried and was kept aside.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the source table
 * @param key the row
 * @param column the column that did not fit, or those that refer; empty where it is the row as a
 *     whole
 * @param reason why it did not
 * @since 0.1
 */
public record Reject(String table, String key, String column, String reason) {

  /** Returns the row and why as a person reads it. */
  public String describe() {
    String where = column.isEmpty() ? "" : ", column " + column;
    return "table " + table + ", row " + key + where + ": " + reason;
  }
}

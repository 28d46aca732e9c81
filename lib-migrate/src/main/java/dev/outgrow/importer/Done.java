package dev.outgrow.importer;

/**
 * How much of a phase is done.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table it is at; empty where it is at none
 * @param tableRows its rows done so far
 * @param tableBytes its bytes sent so far
 * @param rows rows of all tables
 * @param bytes bytes of all tables
 * @param totalRows rows there are; 0 where that is not known
 */
record Done(String table, long tableRows, long tableBytes, long rows, long bytes, long totalRows) {
  static final Done NOTHING = new Done("", 0, 0, 0, 0, 0);

  /** Says how many rows are done where nothing is sent. */
  static Done rows(String table, long tableRows, long rows, long totalRows) {
    return new Done(table, tableRows, 0, rows, 0, totalRows);
  }

  /** Returns the same of no table. */
  Done whole() {
    return new Done("", 0, 0, rows, bytes, totalRows);
  }
}

package dev.outgrow.importer;

import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.sqlite.WatchedRows;

/**
 * A walk over a table of which the first rows alone are known, which learns the rest on the way.
 */
final class Watch implements AutoCloseable {
  private final Looks looks;
  private final String table;
  private final WatchedRows all;
  private final RowCursor carried;

  /**
   * Begins.
   *
   * @param looks is told what was seen
   * @param table the table
   * @param all its rows
   * @param carried the same rows with the columns that are carried
   */
  Watch(Looks looks, String table, WatchedRows all, RowCursor carried) {
    this.looks = looks;
    this.table = table;
    this.all = all;
    this.carried = carried;
  }

  RowCursor rows() {
    return carried;
  }

  /** Returns whether it ended at a row that is too large to be read in this way. */
  boolean metLargeRow() {
    return all.metLargeRow();
  }

  /** Looks at the rows it has not come to, and ends it. */
  void finish() {
    looks.finish(table, all);
  }

  @Override
  public void close() {
    all.close();
  }
}

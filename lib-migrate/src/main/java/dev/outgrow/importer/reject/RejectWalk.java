package dev.outgrow.importer.reject;

import dev.outgrow.importer.reject.Notebook.Answers;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RawRow;
import dev.outgrow.importer.source.RowCursor;

/** Walks over a table once more and hands out the rows that are set aside. */
final class RejectWalk {
  private static final String FROM = "SELECT row, key, col, reason FROM aside WHERE tab = ? AND ";

  private final Notebook notebook;
  private final int id;
  private final String table;

  RejectWalk(Notebook notebook, int id, String table) {
    this.notebook = notebook;
    this.id = id;
    this.table = table;
  }

  void over(RowCursor all, RejectSink sink) {
    try (all;
        Answers wanted = notebook.read(FROM + "row >= 0 ORDER BY row", id)) {
      RawRow row = RawRow.of(all.row());
      long at = -1;
      while (wanted.next()) {
        for (; at < wanted.number(1); at++) {
          requireNext(all.next());
        }
        keep(wanted, row, sink);
      }
    }
  }

  void over(RawCursor all, RejectSink sink) {
    try (all;
        Answers wanted = notebook.read(FROM + "row < 0 ORDER BY row DESC", id)) {
      while (wanted.next()) {
        requireNext(all.next());
        keep(wanted, all.row(), sink);
      }
    }
  }

  private void keep(Answers wanted, RawRow row, RejectSink sink) {
    requireSame(table, wanted.text(2), row.key());
    sink.keep(new Reject(table, row.key(), wanted.text(3), wanted.text(4)), row);
  }

  /** A row is found again by counting; its key tells whether the count was right. */
  static void requireSame(String table, String expected, String found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          "Table " + table + " was walked over in another order: " + expected + ", " + found);
    }
  }

  private void requireNext(boolean next) {
    if (!next) {
      throw new IllegalStateException("Table " + table + " has fewer rows than before");
    }
  }
}

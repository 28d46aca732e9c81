package dev.outgrow.importer.reject;

import dev.outgrow.importer.reject.Notebook.Answers;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over all rows of a table beside what a server says of those of them that it was handed. A
 * row has the key it has in the source and the server's words as text; it is all nulls where
 * nothing is said.
 */
final class StagedWalk implements RowCursor, SourceRow {
  private final RowCursor all;
  private final Answers unstaged;
  private final NumberedRows said;
  private final int columns;
  private long at = -1;
  private long nextUnstaged;
  private long staged;
  private long nextSaid;
  private boolean here;

  /**
   * Begins before the first row.
   *
   * @param all all rows of the table
   * @param unstaged the places of those that the server was not handed, in order
   * @param said what it says
   * @param columns in how many columns
   */
  StagedWalk(RowCursor all, Answers unstaged, NumberedRows said, int columns) {
    this.all = all;
    this.unstaged = unstaged;
    this.said = said;
    this.columns = columns;
    this.nextUnstaged = unstaged.next() ? unstaged.number(1) : Long.MAX_VALUE;
    this.nextSaid = said.next() ? said.number() : Long.MAX_VALUE;
  }

  @Override
  public boolean next() {
    if (here) {
      nextSaid = said.next() ? said.number() : Long.MAX_VALUE;
      here = false;
    }
    if (!all.next()) {
      requireEnd();
      return false;
    }
    if (++at == nextUnstaged) {
      nextUnstaged = unstaged.next() ? unstaged.number(1) : Long.MAX_VALUE;
    } else {
      here = ++staged == nextSaid;
    }
    return true;
  }

  /** Every row of which something was said has to have been met. */
  private void requireEnd() {
    if (nextSaid != Long.MAX_VALUE) {
      throw new IllegalStateException("The server speaks of row " + nextSaid + " of " + staged);
    }
  }

  /** Returns how many rows come before this one. */
  long at() {
    return at;
  }

  /** Returns what is said of this row in a column, or null. */
  @Nullable String said(int column) {
    return here ? said.text(column) : null;
  }

  @Override
  public SourceRow row() {
    return this;
  }

  @Override
  public StorageClass storageClass(int column) {
    return said(column) == null ? StorageClass.NULL : StorageClass.TEXT;
  }

  @Override
  public long integer(int column) {
    throw new IllegalStateException("Column " + column + " is text");
  }

  @Override
  public double real(int column) {
    throw new IllegalStateException("Column " + column + " is text");
  }

  @Override
  public byte[] bytes(int column) {
    return String.valueOf(said(column)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public String key() {
    return all.row().key();
  }

  @Override
  public void close() {
    try (all;
        unstaged;
        said) {
      here = false;
    }
  }
}

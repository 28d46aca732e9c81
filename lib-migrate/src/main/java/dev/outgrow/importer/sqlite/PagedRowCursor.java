package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.page.PageRows;
import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a table by its pages, and lets SQLite go on from the row at which it meets
 * what only SQLite knows. Both have the rows in the same order. <em>Not thread-safe.</em>
 */
final class PagedRowCursor implements RowCursor {
  private static final int LOOK_ROWS = 1024;

  private final PageRows pages;
  private final Supplier<RowCursor> sqlite;
  private final ReadLimit limit;
  private final BooleanSupplier interrupted;
  private final Supplier<? extends RuntimeException> interruption;
  private final CurrentRow row;
  private final long most;
  private @Nullable RowCursor rest;
  private long rows;

  /**
   * Prepares a walk.
   *
   * @param pages the rows by pages
   * @param sqlite begins SQLite's own walk over the same rows
   * @param limit is told of a row that is too large
   * @param most the most rows that are read
   * @param interrupted whether somebody wants it to end
   * @param interruption the error it then ends with
   */
  PagedRowCursor(
      PageRows pages,
      Supplier<RowCursor> sqlite,
      ReadLimit limit,
      long most,
      BooleanSupplier interrupted,
      Supplier<? extends RuntimeException> interruption) {
    this.pages = pages;
    this.sqlite = sqlite;
    this.limit = limit;
    this.most = most;
    this.interrupted = interrupted;
    this.interruption = interruption;
    this.row = new CurrentRow(pages.row());
  }

  @Override
  public boolean next() {
    if (rest != null) {
      return rest.next();
    }
    if (rows % LOOK_ROWS == 0 && interrupted.getAsBoolean()) {
      throw interruption.get();
    }
    if (rows == most) {
      return false;
    }
    return switch (pages.next()) {
      case ROW -> {
        rows++;
        yield true;
      }
      case END -> false;
      case TOO_LARGE -> {
        if (limit.isSet()) {
          throw limit.exceed();
        }
        yield goOn();
      }
      case UNKNOWN -> goOn();
    };
  }

  private boolean goOn() {
    RowCursor cursor = sqlite.get();
    rest = cursor;
    for (long i = 0; i < rows; i++) {
      if (!cursor.next()) {
        return false;
      }
    }
    row.current = cursor.row();
    return cursor.next();
  }

  @Override
  public SourceRow row() {
    return row;
  }

  @Override
  public void close() {
    if (rest != null) {
      rest.close();
    }
  }

  /** The row of whoever reads. */
  private static final class CurrentRow implements SourceRow {
    private SourceRow current;

    CurrentRow(SourceRow current) {
      this.current = current;
    }

    @Override
    public StorageClass storageClass(int column) {
      return current.storageClass(column);
    }

    @Override
    public long integer(int column) {
      return current.integer(column);
    }

    @Override
    public double real(int column) {
      return current.real(column);
    }

    @Override
    public byte[] bytes(int column) {
      return current.bytes(column);
    }

    @Override
    public byte[] array(int column) {
      return current.array(column);
    }

    @Override
    public int offset(int column) {
      return current.offset(column);
    }

    @Override
    public boolean isValidText(int column) {
      return current.isValidText(column);
    }

    @Override
    public boolean isLarge(int column) {
      return current.isLarge(column);
    }

    @Override
    public long length(int column) {
      return current.length(column);
    }

    @Override
    public CellStream stream(int column) {
      return current.stream(column);
    }

    @Override
    public int columns() {
      return current.columns();
    }

    @Override
    public String key() {
      return current.key();
    }
  }
}

package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.page.PageRows;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Walks over a part of a table's rows by their pages, up to the first that only SQLite could read:
 * then the whole table has to be read in another way.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class PartRows implements RowCursor {
  private static final int LOOK_ROWS = 1024;

  private final PageRows pages;
  private final BooleanSupplier interrupted;
  private final Supplier<? extends RuntimeException> interruption;
  private long rows;
  private boolean complete;

  PartRows(
      PageRows pages,
      BooleanSupplier interrupted,
      Supplier<? extends RuntimeException> interruption) {
    this.pages = pages;
    this.interrupted = interrupted;
    this.interruption = interruption;
  }

  @Override
  public boolean next() {
    if (rows++ % LOOK_ROWS == 0 && interrupted.getAsBoolean()) {
      throw interruption.get();
    }
    return switch (pages.next()) {
      case ROW -> true;
      case END -> {
        complete = true;
        yield false;
      }
      case TOO_LARGE, UNKNOWN -> false;
    };
  }

  /** Returns whether the walk has come to the end of the part. */
  public boolean isComplete() {
    return complete;
  }

  @Override
  public SourceRow row() {
    return pages.row();
  }

  /** Has nothing open. */
  @Override
  public void close() {
    // the pages are the source's
  }
}

package dev.outgrow.importer.page;

import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.util.Optional;

/**
 * Walks over the rows of a table in the order in which its tree has them, which is SQLite's own.
 *
 * <p>It gives no row of which it does not know everything: where it meets what it does not know, it
 * stops before that row, and says so. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class PageRows {
  private final RecordRow row;
  private final TreeWalk walk;

  private PageRows(RecordRow row, TreeWalk walk) {
    this.row = row;
    this.walk = walk;
  }

  /** Begins a walk; nothing if the root of the table's tree is not what it has to be. */
  static Optional<PageRows> open(Pages pages, PageTable table, Part part) {
    Payload payload = new Payload(pages, table.most());
    try {
      TreeWalk walk =
          TreeWalk.of(pages, table.shape().root(), table.shape().rowids(), payload, part);
      return Optional.of(new PageRows(new RecordRow(table, payload), walk));
    } catch (UnknownFormatException e) {
      return Optional.empty();
    }
  }

  /** What a step to the next row has met. */
  public enum Outcome {
    /** A row. */
    ROW,
    /** The end of the table. */
    END,
    /** A row that is too large to be read as a whole. */
    TOO_LARGE,
    /** Something this reader does not know. */
    UNKNOWN
  }

  /** Moves to the next row. After anything but {@link Outcome#ROW} the walk is over. */
  public Outcome next() {
    try {
      switch (walk.next()) {
        case ROW -> row.load(walk.rowid());
        case TOO_LARGE -> {
          return Outcome.TOO_LARGE;
        }
        case END -> {
          return Outcome.END;
        }
      }
      return Outcome.ROW;
    } catch (UnknownFormatException e) {
      return Outcome.UNKNOWN;
    }
  }

  /** Returns the row the walk stands on. The same object each time, as {@link RowCursor#row}. */
  public SourceRow row() {
    return row;
  }
}

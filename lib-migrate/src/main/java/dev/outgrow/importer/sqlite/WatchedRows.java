package dev.outgrow.importer.sqlite;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks over a table and looks at what it holds on the way, so that it need not be read for that
 * alone. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class WatchedRows implements RowCursor {
  private static final int PROGRESS_ROWS = 10_000;

  private final WholeRows rows;
  private final TableSurvey survey;
  private boolean done;

  WatchedRows(WholeRows rows, TableSurvey survey) {
    this.rows = rows;
    this.survey = survey;
  }

  /**
   * Moves to the next row and looks at it.
   *
   * @throws ValueException if it is too large to be read as a whole; nothing is known of the table
   *     then
   */
  @Override
  public boolean next() {
    boolean hasNext = !done && rows.next();
    done = !hasNext;
    if (hasNext) {
      survey.see(rows.row());
    }
    return hasNext;
  }

  @Override
  public SourceRow row() {
    return rows.row();
  }

  /**
   * Walks over what is left, and returns what every column really holds.
   *
   * @param progress is told every few thousand rows how many were looked at
   * @return nothing if there is a row too large to be read as a whole
   */
  Optional<TableSurvey> finish(LongConsumer progress) {
    try {
      while (!metLargeRow() && next()) {
        if (survey.rows() % PROGRESS_ROWS == 0) {
          progress.accept(survey.rows());
        }
      }
    } catch (ValueException e) {
      if (!metLargeRow()) {
        throw e;
      }
    }
    return metLargeRow() ? Optional.empty() : Optional.of(survey);
  }

  TableSurvey survey() {
    return survey;
  }

  /** Returns whether a row was met that is too large to be read as a whole. */
  public boolean metLargeRow() {
    return rows.metLargeRow();
  }

  @Override
  public void close() {
    rows.close();
  }
}

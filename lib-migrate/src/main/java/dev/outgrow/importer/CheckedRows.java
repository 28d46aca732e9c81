package dev.outgrow.importer;

import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.util.function.LongConsumer;

/** Rows on whose way it is told every few thousand how many have gone by. */
final class CheckedRows implements RowCursor {
  private static final int PROGRESS_ROWS = 10_000;

  private final RowCursor rows;
  private final LongConsumer progress;
  private long count;

  CheckedRows(RowCursor rows, LongConsumer progress) {
    this.rows = rows;
    this.progress = progress;
  }

  @Override
  public boolean next() {
    boolean more = rows.next();
    if (more && ++count % PROGRESS_ROWS == 0) {
      progress.accept(count);
    }
    return more;
  }

  @Override
  public SourceRow row() {
    return rows.row();
  }

  @Override
  public void close() {
    rows.close();
  }
}

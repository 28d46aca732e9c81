package dev.outgrow.importer;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.reject.SetAside;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RawRow;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.SourceTable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets rows aside that cannot be carried because of what they hold. */
final class BadRowSearch {
  private static final int PROGRESS_ROWS = 10_000;

  private final Survey survey;
  private final ImportOptions options;
  private final SetAside aside;

  BadRowSearch(Survey survey, ImportOptions options, SetAside aside) {
    this.survey = survey;
    this.options = options;
    this.aside = aside;
  }

  /** Sets the rows of a table aside that are larger than the import carries. */
  void oversized(SourceTable table) {
    if (table.oversized() == 0) {
      return;
    }
    try (RawCursor rows = survey.oversized(table.name())) {
      for (long at = -1; rows.next(); at--) {
        RawRow row = rows.row();
        long bytes = IntStream.range(0, row.columns()).mapToLong(row::length).sum();
        String reason =
            "it has "
                + bytes
                + " bytes of text and blobs, and this import carries rows of at most "
                + options.largestRow()
                + " (largestRow)";
        aside.reject(table.name(), at, row.key(), "", reason);
      }
    }
  }

  /**
   * Sets the rows of a table aside of which a cell does not fit.
   *
   * @param table the table
   * @param misfits returns the cells of a row that do not fit
   */
  void misfits(TableMapping table, Function<SourceRow, List<ValueException>> misfits) {
    try (RowCursor rows = survey.rows(table)) {
      for (long at = 0; rows.next(); at++) {
        List<ValueException> found = misfits.apply(rows.row());
        if (!found.isEmpty()) {
          ValueException first = found.get(0);
          aside.reject(table.source(), at, first.key(), first.column(), reason(found));
        }
        if (at % PROGRESS_ROWS == 0) {
          options
              .course()
              .rows(Phase.SURVEY, Done.rows(table.source(), at, at, survey.totalRows()));
        }
      }
    }
  }

  /** A row is told once, with everything that does not fit. */
  private static String reason(List<ValueException> misfits) {
    String first = misfits.get(0).reason();
    return misfits.stream()
        .skip(1)
        .map(m -> "; column " + m.column() + ": " + m.reason())
        .collect(Collectors.joining("", first, ""));
  }
}

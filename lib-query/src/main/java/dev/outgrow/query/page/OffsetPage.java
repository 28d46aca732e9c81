package dev.outgrow.query.page;

import java.util.List;
import org.jooq.Record;

/**
 * One page of rows by its number.
 *
 * <p><em>Immutable.</em>
 *
 * @param rows the rows, in order; none behind the last page
 * @param number the page's number; the first one is 1
 * @param size how many rows a full page has
 * @param total how many rows there are on all pages
 * @param hasNext whether there is a row behind this page, seen and not computed from the total
 * @since 0.1
 */
public record OffsetPage<R extends Record>(
    List<R> rows, long number, int size, RowCount total, boolean hasNext) {
  /** Keeps the rows as they are now. */
  public OffsetPage {
    rows = List.copyOf(rows);
  }
}

package dev.outgrow.query.repository;

import java.util.List;
import org.jooq.Record;

/**
 * One page of a table's rows.
 *
 * <p><em>Immutable.</em>
 *
 * @param rows the rows, in order
 * @param hasNext whether there is a row behind them
 * @since 0.1
 */
public record Rows<R extends Record>(List<R> rows, boolean hasNext) {
  /** Keeps the rows as they are now. */
  public Rows {
    rows = List.copyOf(rows);
  }
}

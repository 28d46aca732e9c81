package dev.outgrow.query.parity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that the two sides do not both have.
 *
 * <p><em>Immutable.</em>
 *
 * @param position the row's place, from 0: in the query's order, or among the sorted rows
 * @param left the left side's row as text, or null if it has none there
 * @param right the right side's row as text, or null if it has none there
 * @param columns the columns that differ; all of them where one side has no row
 * @since 0.1
 */
public record Difference(
    long position, @Nullable String left, @Nullable String right, List<String> columns) {
  /** Keeps the names as they are now. */
  public Difference {
    columns = List.copyOf(columns);
  }
}

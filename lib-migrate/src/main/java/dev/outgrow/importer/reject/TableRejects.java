package dev.outgrow.importer.reject;

import java.util.List;

/**
 * The rejected rows of one table.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table
 * @param columns its columns
 * @param feed hands out the rows, as often as it is asked
 * @since 0.1
 */
public record TableRejects(String table, List<String> columns, RejectFeed feed) {

  /** Copies the list. */
  public TableRejects {
    columns = List.copyOf(columns);
  }
}

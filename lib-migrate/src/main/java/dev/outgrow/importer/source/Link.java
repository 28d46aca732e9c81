package dev.outgrow.importer.source;

import java.util.List;

/**
 * A reference from the rows of one table to those of another, in the source's names.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the referring table
 * @param columns the referring columns, in order, at least one
 * @param parent the table referred to
 * @param parentColumns the columns referred to, in the order of {@code columns}, which tell one row
 *     of {@code parent} from another
 * @since 0.1
 */
public record Link(String table, List<String> columns, String parent, List<String> parentColumns) {

  /** Copies the lists. */
  public Link {
    columns = List.copyOf(columns);
    parentColumns = List.copyOf(parentColumns);
  }

  /** Returns the link as a person reads it: {@code child(a, b) -> parent}. */
  public String describe() {
    return table + "(" + String.join(", ", columns) + ") -> " + parent;
  }
}

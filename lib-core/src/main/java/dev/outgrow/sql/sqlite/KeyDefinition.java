package dev.outgrow.sql.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code PRIMARY KEY} or {@code UNIQUE} constraint of a column or of a table.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param parts its columns, in order, at least one
 * @param onConflict what a violation does, or null where it is not said
 * @since 0.1
 */
public record KeyDefinition(
    @Nullable String name, List<Part> parts, @Nullable OnConflict onConflict) {

  /** Copies the list. */
  public KeyDefinition {
    parts = List.copyOf(parts);
  }

  /** Returns the names of its columns as written, in order. */
  public List<String> columns() {
    return parts.stream().map(Part::column).toList();
  }

  /**
   * One column of a key.
   *
   * @param column the column's name as written, unquoted
   * @param collation the collation where the key names one, or null
   * @param descending whether it is sorted downwards
   */
  public record Part(String column, @Nullable String collation, boolean descending) {}
}

package dev.outgrow.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param columns the names of its columns, in the key's order, at least one
 * @since 0.1
 */
public record PrimaryKey(@Nullable String name, List<String> columns) {
  /** Copies the list. */
  public PrimaryKey {
    columns = List.copyOf(columns);
  }
}

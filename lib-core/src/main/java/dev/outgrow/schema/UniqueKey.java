package dev.outgrow.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A UNIQUE constraint. A unique index is an {@link Index}.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param columns the names of its columns, in the key's order, at least one
 * @since 0.1
 */
public record UniqueKey(@Nullable String name, List<String> columns) {
  /** Copies the list. */
  public UniqueKey {
    columns = List.copyOf(columns);
  }
}

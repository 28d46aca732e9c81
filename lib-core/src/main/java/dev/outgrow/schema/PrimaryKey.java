package dev.outgrow.schema;

import dev.outgrow.schema.ForeignKey.Deferrability;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param columns the names of its columns, in the key's order, at least one
 * @param collations the collations its columns are compared by where those are not the backend's
 *     default, by the columns' names
 * @param deferrability when the key is checked; SQLite's always at once
 * @since 0.1
 */
public record PrimaryKey(
    @Nullable String name,
    List<String> columns,
    Map<String, String> collations,
    Deferrability deferrability) {
  /** Copies the list and the map. */
  public PrimaryKey {
    columns = List.copyOf(columns);
    collations = Map.copyOf(collations);
  }

  /** Makes a key that is checked at once. */
  public PrimaryKey(@Nullable String name, List<String> columns, Map<String, String> collations) {
    this(name, columns, collations, Deferrability.NOT_DEFERRABLE);
  }

  /** Makes a key whose columns are compared by the backend's default. */
  public PrimaryKey(@Nullable String name, List<String> columns) {
    this(name, columns, Map.of());
  }
}

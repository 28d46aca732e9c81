package dev.outgrow.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that somebody created, not one that a key brought along.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param unique whether it refuses equal keys
 * @param parts what it is sorted by, in order, at least one
 * @param predicate the condition of a partial index in the backend's own SQL, or null
 * @since 0.1
 */
public record Index(String name, boolean unique, List<Part> parts, @Nullable String predicate) {
  /** Copies the list. */
  public Index {
    parts = List.copyOf(parts);
  }

  /**
   * One column or expression of an index.
   *
   * <p><em>Immutable.</em>
   *
   * @param column the column's name, or null where it is an expression
   * @param expression the expression in the backend's own SQL, or null where it is a column
   * @param descending whether it is sorted downwards
   * @param collation its collation where it is not the backend's default, or null
   */
  public record Part(
      @Nullable String column,
      @Nullable String expression,
      boolean descending,
      @Nullable String collation) {}
}

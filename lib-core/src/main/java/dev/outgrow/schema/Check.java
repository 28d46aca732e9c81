package dev.outgrow.schema;

import org.jspecify.annotations.Nullable;

/**
 * A CHECK constraint.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param expression the condition in the backend's own SQL, without outer parentheses
 * @param validated whether every row is known to keep it: PostgreSQL can add one that only later
 *     rows have to keep
 * @since 0.1
 */
public record Check(@Nullable String name, String expression, boolean validated) {
  /** Makes a check that every row keeps. */
  public Check(@Nullable String name, String expression) {
    this(name, expression, true);
  }
}

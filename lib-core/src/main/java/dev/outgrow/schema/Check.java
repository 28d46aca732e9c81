package dev.outgrow.schema;

import org.jspecify.annotations.Nullable;

/**
 * A CHECK constraint.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param expression the condition in the backend's own SQL, without outer parentheses
 * @since 0.1
 */
public record Check(@Nullable String name, String expression) {}

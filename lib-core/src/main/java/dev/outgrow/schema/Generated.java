package dev.outgrow.schema;

/**
 * How a generated column is computed.
 *
 * <p><em>Immutable.</em>
 *
 * @param expression the expression in the backend's own SQL, without outer parentheses
 * @param stored whether the value is stored, not computed at each read
 * @since 0.1
 */
public record Generated(String expression, boolean stored) {}

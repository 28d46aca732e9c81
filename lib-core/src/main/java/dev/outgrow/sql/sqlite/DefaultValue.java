package dev.outgrow.sql.sqlite;

/**
 * A column's {@code DEFAULT}.
 *
 * <p><em>Immutable.</em>
 *
 * @param text what is written behind the word, without outer parentheses
 * @param expression the same as an expression: a bare or quoted name, which SQLite takes for a
 *     text, has become a text in single quotes
 * @since 0.1
 */
public record DefaultValue(String text, String expression) {}

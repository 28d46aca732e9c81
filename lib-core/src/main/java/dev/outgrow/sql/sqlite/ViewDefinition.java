package dev.outgrow.sql.sqlite;

/**
 * A {@code CREATE VIEW} statement. Only its name is read.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the view's name
 * @param sql the whole statement
 * @since 0.1
 */
public record ViewDefinition(String name, String sql) implements Definition {}

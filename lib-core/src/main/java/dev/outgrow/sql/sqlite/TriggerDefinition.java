package dev.outgrow.sql.sqlite;

/**
 * A {@code CREATE TRIGGER} statement. Only its name is read.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the trigger's name
 * @param sql the whole statement
 * @since 0.1
 */
public record TriggerDefinition(String name, String sql) implements Definition {}

package dev.outgrow.schema;

/**
 * A trigger.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param table the table or view it watches
 * @param sql its definition in the backend's own SQL, as the backend returns it
 * @since 0.1
 */
public record Trigger(String name, String table, String sql) {}

package dev.outgrow.schema;

/**
 * A view.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param sql its definition in the backend's own SQL, as the backend returns it
 * @since 0.1
 */
public record View(String name, String sql) {}

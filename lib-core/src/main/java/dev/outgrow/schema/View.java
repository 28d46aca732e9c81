package dev.outgrow.schema;

/**
 * A view.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param sql its definition in the backend's own SQL, as the backend returns it
 * @param materialized whether its rows are kept until somebody refreshes them
 * @since 0.1
 */
public record View(String name, String sql, boolean materialized) {
  /** Makes a view that is computed when it is read. */
  public View(String name, String sql) {
    this(name, sql, false);
  }
}

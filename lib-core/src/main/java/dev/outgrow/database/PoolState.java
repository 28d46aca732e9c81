package dev.outgrow.database;

/**
 * How many connections a pool has at one moment, and who waits for one.
 *
 * <p><em>Immutable.</em>
 *
 * @param name which pool: {@code postgresql}, {@code sqlite writer} or {@code sqlite readers}
 * @param active connections in use
 * @param idle connections that are free
 * @param waiting threads that wait for one
 * @param maximum the most connections there may be
 * @since 0.1
 */
public record PoolState(String name, int active, int idle, int waiting, int maximum) {
  /** Returns it for people: {@code postgresql: 3 of 30 in use, 7 free, 0 waiting}. */
  public String text() {
    return name
        + ": "
        + active
        + " of "
        + maximum
        + " in use, "
        + idle
        + " free, "
        + waiting
        + " waiting";
  }
}

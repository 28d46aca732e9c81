package dev.outgrow.database.metrics;

import dev.outgrow.database.Database;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Registers what Micrometer measures of a database:
 *
 * <ul>
 *   <li>{@code outgrow.pool.active}, {@code outgrow.pool.idle}, {@code outgrow.pool.waiting},
 *       {@code outgrow.pool.maximum}: gauges of connections, and of threads that wait for one, with
 *       the tag {@code pool};
 *   <li>{@code outgrow.transactions}: a counter of transactions, with the tag {@code outcome}:
 *       {@code completed} or {@code failed}.
 * </ul>
 *
 * <p>Every meter has the tag {@code backend}. None tells a host, a user or a name; whoever measures
 * several databases tells them apart by tags of his own. Meters do not keep a database from being
 * collected; once it is closed, the gauges are without a value.
 *
 * <p>Micrometer is an optional dependency, {@code io.micrometer:micrometer-core}.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class DatabaseMetrics {
  private DatabaseMetrics() {}

  /**
   * Registers the meters of a database.
   *
   * @param tags more tags, each a key and its value
   */
  public static void bind(Database database, MeterRegistry registry, String... tags) {
    MicrometerLibrary.require();
    Meters.register(database, registry, tags);
  }

  /**
   * Registers the meters of a database in Micrometer's global registry.
   *
   * @param tags more tags, each a key and its value
   * @throws dev.outgrow.error.MissingArtifactException if Micrometer is not there
   */
  public static void bindGlobally(Database database, String... tags) {
    MicrometerLibrary.require();
    Meters.registerGlobally(database, tags);
  }
}

package dev.outgrow.database;

/**
 * Something else that {@link Database#health()} asks, such as whether the migrations are at their
 * head. It runs on a thread of its own and may use the database.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HealthProbe {
  /** Looks, and says what it found. What it throws counts as not well. */
  Health.Detail look();
}

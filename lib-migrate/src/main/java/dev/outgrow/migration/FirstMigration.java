package dev.outgrow.migration;

import dev.outgrow.migration.internal.flyway.FlywayClasses;
import java.util.List;

/**
 * What the first migration of a JVM has to load. That takes half a second and no database, and can
 * be done while a server starts.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class FirstMigration {
  private FirstMigration() {}

  /**
   * Loads it. A second call finds it loaded.
   *
   * @return the names of classes that are not there, as in another version of Flyway: they, or what
   *     is in their place, are loaded when they are needed
   */
  public static List<String> prepare() {
    return FlywayClasses.load();
  }
}

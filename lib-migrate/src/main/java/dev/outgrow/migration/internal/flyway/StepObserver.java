package dev.outgrow.migration.internal.flyway;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each migration that runs.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface StepObserver {
  /** Does nothing. */
  StepObserver NONE = (when, step, connection) -> {};

  /** On which side of a migration. */
  enum When {
    /** Nothing of it has run. */
    BEFORE,
    /** All of it has run, and is not committed unless it is outside of a transaction. */
    AFTER
  }

  /**
   * The migration.
   *
   * <p><em>Immutable.</em>
   *
   * @param version its version, or null if it is repeatable
   * @param description what it does
   * @param script its file or class
   * @param transactional whether it runs in a transaction
   */
  record Running(
      @Nullable String version, String description, String script, boolean transactional) {}

  /** Is called on the migration's connection. What it throws fails the migration. */
  void observe(When when, Running step, Connection connection);
}

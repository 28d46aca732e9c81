package dev.outgrow.migration.internal.flyway;

import dev.outgrow.migration.script.Version;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A migration that is written in Java.
 *
 * <p><em>Immutable.</em>
 *
 * @param version its version
 * @param description what it does
 * @param checksum the number by which a change of it is seen, or null if none is
 * @param transactional whether it runs within a transaction
 * @param name its class, for messages
 * @param work what it does
 * @since 0.1
 */
public record CodeStep(
    Version version,
    String description,
    @Nullable Integer checksum,
    boolean transactional,
    String name,
    Work work) {
  /**
   * What a step does, on the connection its transaction runs on.
   *
   * <p><em>Not thread-safe.</em>
   */
  @FunctionalInterface
  public interface Work {
    /** Does it. What it throws fails the migration. */
    void run(Connection connection) throws Exception;
  }
}

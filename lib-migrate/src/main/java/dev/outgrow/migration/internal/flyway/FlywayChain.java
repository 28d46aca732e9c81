package dev.outgrow.migration.internal.flyway;

import dev.outgrow.migration.script.ScriptFile;
import java.util.List;

/**
 * What Flyway is to know of a chain.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the chain's name, for messages
 * @param table its history table
 * @param scripts its scripts, versioned and repeatable
 * @param steps its migrations in Java
 * @since 0.1
 */
public record FlywayChain(
    String name, String table, List<ScriptFile> scripts, List<CodeStep> steps) {
  /** Copies the lists. */
  public FlywayChain {
    scripts = List.copyOf(scripts);
    steps = List.copyOf(steps);
  }
}

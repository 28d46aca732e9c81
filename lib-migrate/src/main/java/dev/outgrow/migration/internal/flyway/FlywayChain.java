package dev.outgrow.migration.internal.flyway;

import dev.outgrow.migration.script.ScriptFile;
import java.util.List;
import java.util.Map;

/**
 * What Flyway is to know of a chain.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the chain's name, for messages
 * @param table its history table
 * @param scripts its scripts, versioned and repeatable
 * @param steps its migrations in Java
 * @param placeholders what stands for {@code ${name}} in its scripts; if there is none, that is
 *     text
 * @since 0.1
 */
public record FlywayChain(
    String name,
    String table,
    List<ScriptFile> scripts,
    List<CodeStep> steps,
    Map<String, String> placeholders) {
  /** Copies the collections. */
  public FlywayChain {
    scripts = List.copyOf(scripts);
    steps = List.copyOf(steps);
    placeholders = Map.copyOf(placeholders);
  }
}

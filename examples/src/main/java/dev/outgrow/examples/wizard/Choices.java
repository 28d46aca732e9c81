package dev.outgrow.examples.wizard;

import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.mapping.Kind;
import java.util.Set;

/**
 * What a person has decided of a file.
 *
 * <p><em>Immutable.</em>
 *
 * @param rules which of the proposed rules are on, by their places
 * @param orphans what becomes of rows that refer to nothing
 * @param badRows what becomes of rows that cannot be carried
 * @param accepted kinds of what may stay behind
 * @since 0.1
 */
public record Choices(Set<Integer> rules, Orphans orphans, BadRows badRows, Set<Kind> accepted) {
  /** Nothing is accepted, no rule is on, and rows that refer to nothing are carried as they are. */
  public static final Choices FIRST = new Choices(Set.of(), Orphans.KEEP, BadRows.FAIL, Set.of());

  /** Copies the sets. */
  public Choices {
    rules = Set.copyOf(rules);
    accepted = Set.copyOf(accepted);
  }
}

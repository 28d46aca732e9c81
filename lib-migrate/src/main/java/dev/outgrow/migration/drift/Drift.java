package dev.outgrow.migration.drift;

import dev.outgrow.schema.comparison.Difference;
import java.util.List;

/**
 * Where a live schema differs from what the applied migrations make in a scratch database: tables,
 * columns, types, nullability, defaults, generated columns, keys, checks, indexes with their
 * conditions, views and triggers on both backends; on PostgreSQL also sequences, functions, enums
 * and other types, partitions, rules and policies. Rows, rights, comments, storage parameters and
 * other schemas are not compared.
 *
 * <p><em>Immutable.</em>
 *
 * @param chains what differs in that which a chain makes, in the order in which they migrate. What
 *     is there beside a chain's own on one of its tables, a column or a trigger, is a difference of
 *     that chain, and so is a table that it says it owns
 * @param unknown what no chain makes and no chain's table has: others' tables, views, functions.
 *     They are named and left alone, and are no drift by themselves
 * @since 0.1
 */
public record Drift(List<ChainDrift> chains, List<Difference> unknown) {
  /** Copies the lists. */
  public Drift {
    chains = List.copyOf(chains);
    unknown = List.copyOf(unknown);
  }

  /** Returns whether everything that the chains make is there as they make it. */
  public boolean isNone() {
    return chains.stream().allMatch(chain -> chain.differences().isEmpty());
  }

  /** Returns it for people: a paragraph for each chain, and what no chain makes. */
  public String text() {
    StringBuilder text = new StringBuilder();
    chains.forEach(chain -> text.append(chain.text()));
    if (!unknown.isEmpty()) {
      text.append("made by no chain, left alone:\n");
      unknown.forEach(each -> text.append("  ").append(each.text()).append('\n'));
    }
    return text.toString();
  }
}

package dev.outgrow.importer.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tables a step works on, by their names in PostgreSQL. Two steps that are not in each
 * other's way can be done at the same time, over two connections: neither waits for a lock of the
 * other.
 *
 * <p><em>Immutable.</em>
 *
 * @param changed the tables that it locks against everything else that works on them
 * @param read the tables of which it reads the rows, as others may at the same time
 * @param rows how many rows it goes through
 * @since 0.1
 */
public record Touches(Set<String> changed, Set<String> read, long rows) {
  /** Nobody knows which: such a step is done alone. */
  public static final Touches UNKNOWN = new Touches(Set.of(), Set.of(), 0);

  /** Copies the sets. */
  public Touches {
    changed = Set.copyOf(changed);
    read = Set.copyOf(read);
  }

  static Touches changing(long rows, String... tables) {
    return new Touches(new LinkedHashSet<>(List.of(tables)), Set.of(), rows);
  }

  static Touches reading(long rows, String table) {
    return new Touches(Set.of(), Set.of(table), rows);
  }

  /** Returns whether it is known which tables these are. */
  public boolean isKnown() {
    return !changed.isEmpty() || !read.isEmpty();
  }

  /** Returns whether one of both has to wait until the other is done. */
  public boolean isInTheWayOf(Touches other) {
    return !Collections.disjoint(changed, other.changed)
        || !Collections.disjoint(changed, other.read)
        || !Collections.disjoint(read, other.changed);
  }

  /** Returns what both work on together. */
  public Touches and(Touches other) {
    return new Touches(union(changed, other.changed), union(read, other.read), rows + other.rows);
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return all;
  }
}

package dev.outgrow.exporter;

import java.util.Set;

/**
 * A table whose rows are in the file.
 *
 * <p><em>Immutable.</em>
 *
 * @param rows how many
 * @param bytes how many bytes the server sent
 * @param odd the positions of the columns with values that are kept as text
 * @param millis how long it took
 */
record Loaded(long rows, long bytes, Set<Integer> odd, long millis) {
  /** Copies the set. */
  Loaded {
    odd = Set.copyOf(odd);
  }

  /** Returns the same with the time it took. */
  Loaded took(long milliseconds) {
    return new Loaded(rows, bytes, odd, milliseconds);
  }
}

package dev.outgrow.importer.verify;

import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a table is the same on both sides, row for row.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the source table
 * @param source what stands for its rows in SQLite
 * @param target what stands for its rows in PostgreSQL
 * @param differences the first rows that differ, if any do; not all of them where there are many
 * @since 0.1
 */
public record TableVerdict(
    String table, Checksum source, Checksum target, List<Difference> differences) {

  /** Copies the list. */
  public TableVerdict {
    differences = List.copyOf(differences);
  }

  /**
   * Returns the verdict on a table of which the source has no rows, whatever the target holds.
   *
   * @throws IllegalArgumentException if it has some
   */
  public static TableVerdict nothing(String table, TableDigest source) {
    if (source.rows() > 0) {
      throw new IllegalArgumentException(
          "Table " + table + " has rows, and no key to tell them by");
    }
    return new TableVerdict(table, source.checksum(), source.checksum(), List.of());
  }

  /** Returns the same verdict with more that differs. */
  public TableVerdict with(List<Difference> more) {
    return new TableVerdict(
        table, source, target, Stream.concat(differences.stream(), more.stream()).toList());
  }

  /** Returns whether every row is there, equal, and nothing else is. */
  public boolean verified() {
    return source.equals(target) && differences.isEmpty();
  }
}

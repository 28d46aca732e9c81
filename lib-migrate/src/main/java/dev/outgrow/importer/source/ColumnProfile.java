package dev.outgrow.importer.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a column really holds: how many cells of each storage class, each with the key of the first
 * row that has one.
 *
 * <p><em>Immutable.</em>
 *
 * @param counts cells by storage class; a class that does not occur is absent
 * @param examples the key of the first row with that class, for each class in {@code counts}
 * @since 0.1
 */
public record ColumnProfile(Map<StorageClass, Long> counts, Map<StorageClass, String> examples) {

  /** Copies the maps, in the order of the storage classes. */
  public ColumnProfile {
    counts = ordered(counts);
    examples = ordered(examples);
  }

  /** Returns how many cells are of a storage class. */
  public long count(StorageClass storageClass) {
    return counts.getOrDefault(storageClass, 0L);
  }

  /** Returns whether at least one cell is of a storage class. */
  public boolean holds(StorageClass storageClass) {
    return counts.containsKey(storageClass);
  }

  /**
   * Returns whether every cell is null or of one of these storage classes; true for an empty
   * column.
   */
  public boolean holdsOnly(StorageClass... allowed) {
    return counts.keySet().stream()
        .allMatch(c -> c == StorageClass.NULL || List.of(allowed).contains(c));
  }

  /**
   * Returns what the column holds as a person reads it: {@code 12 text (first at rowid=3), 4
   * integer (…)}.
   */
  public String describe() {
    List<String> parts = new ArrayList<>();
    counts.forEach((c, n) -> parts.add(n + " " + c.word() + " (first at " + examples.get(c) + ")"));
    return parts.isEmpty() ? "no rows" : String.join(", ", parts);
  }

  private static <V> Map<StorageClass, V> ordered(Map<StorageClass, V> map) {
    EnumMap<StorageClass, V> copy = new EnumMap<>(StorageClass.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }
}

package dev.outgrow.importer.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a column really holds: how many cells of each storage class, each with the key of the first
 * row that has one; and, of the traits that were looked for, which cells do not have them.
 *
 * <p><em>Immutable.</em>
 *
 * @param counts cells by storage class; a class that does not occur is absent
 * @param examples the key of the first row with that class, for each class in {@code counts}
 * @param misfits the cells without a trait, for each trait that was looked for
 * @param numbers how far its numbers reach
 * @since 0.1
 */
public record ColumnProfile(
    Map<StorageClass, Long> counts,
    Map<StorageClass, String> examples,
    Map<Trait, Misfits> misfits,
    Numbers numbers) {

  /** Copies the maps, in the order of the storage classes. */
  public ColumnProfile {
    counts = ordered(counts);
    examples = ordered(examples);
    misfits = Collections.unmodifiableMap(new LinkedHashMap<>(misfits));
  }

  /** Says what a column holds of which no trait was looked for. */
  public ColumnProfile(Map<StorageClass, Long> counts, Map<StorageClass, String> examples) {
    this(counts, examples, Map.of());
  }

  /** Says what a column holds without its numbers. */
  public ColumnProfile(
      Map<StorageClass, Long> counts,
      Map<StorageClass, String> examples,
      Map<Trait, Misfits> misfits) {
    this(counts, examples, misfits, Numbers.NONE);
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
   * Returns the cells that are known not to have a trait; none where it was not looked for, either.
   */
  public Misfits misfits(Trait trait) {
    return misfits.getOrDefault(trait, Misfits.NONE);
  }

  /** Returns whether every cell is null or known to have a trait. */
  public boolean has(Trait trait) {
    return holdsOnly() || (misfits.containsKey(trait) && misfits(trait).count() == 0);
  }

  /**
   * Returns what the column holds as a person reads it: {@code 12 text (first at rowid=3), 4
   * integer (…)}.
   */
  public String describe() {
    List<String> parts = new ArrayList<>();
    counts.forEach((c, n) -> parts.add(n + " " + c.word() + " (first at " + examples.get(c) + ")"));
    Misfits invalid = misfits(Trait.VALID_TEXT);
    if (invalid.count() > 0) {
      parts.add(
          invalid.count()
              + " of the text with NUL or not valid in UTF-8 (first at "
              + invalid.example()
              + ")");
    }
    return parts.isEmpty() ? "no rows" : String.join(", ", parts);
  }

  private static <V> Map<StorageClass, V> ordered(Map<StorageClass, V> map) {
    EnumMap<StorageClass, V> copy = new EnumMap<>(StorageClass.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }
}

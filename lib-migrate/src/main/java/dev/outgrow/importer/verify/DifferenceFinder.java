package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds which rows differ, given the buckets that do. It remembers the source's rows of a few of
 * these buckets, a few thousandths of the table, and strikes off what PostgreSQL has; the values of
 * the few rows that are left to be shown it takes from a last walk. <em>Not thread-safe.</em>
 */
final class DifferenceFinder {
  private static final int MOST_BUCKETS = 4;
  private static final int MOST_DIFFERENCES = 20;

  private final TableMapping table;
  private final Set<Integer> buckets;
  private final RowDigester digester;
  private final RowHash columnHash = new RowHash();
  private final Map<RowDigester.Mark, List<Remembered>> open = new LinkedHashMap<>();
  private final List<Difference> found = new ArrayList<>();
  private final Map<Pair, Changed> changed = new HashMap<>();

  DifferenceFinder(TableMapping table, List<Integer> buckets) {
    this.table = table;
    this.buckets = new HashSet<>(buckets.subList(0, Math.min(buckets.size(), MOST_BUCKETS)));
    this.digester = new RowDigester(table);
  }

  void source(Row row) {
    digester.digest(row);
    if (buckets.contains(digester.bucket())) {
      open.computeIfAbsent(digester.key(), k -> new ArrayList<>())
          .add(new Remembered(row.key(), digester.row(), columnHashes(row)));
    }
  }

  void target(Row row) {
    digester.digest(row);
    if (!buckets.contains(digester.bucket())) {
      return;
    }
    List<Remembered> candidates = open.get(digester.key());
    if (candidates == null || candidates.isEmpty()) {
      add(new Difference(table.source(), row.key(), Difference.What.EXTRA, List.of()));
      return;
    }
    Remembered counterpart = candidates.remove(candidates.size() - 1);
    if (!counterpart.row().equals(digester.row())) {
      int[] columns = differing(counterpart.columns(), columnHashes(row));
      Difference.What what = Difference.What.CHANGED;
      if (add(new Difference(table.source(), counterpart.key(), what, names(columns)))) {
        List<String> values = Arrays.stream(columns).mapToObj(row::show).toList();
        Pair pair = new Pair(digester.key(), counterpart.row());
        changed.put(pair, new Changed(found.size() - 1, columns, values));
      }
    }
  }

  /** Returns whether rows are known to differ of which the source's values are not known. */
  boolean wantsValues() {
    return !changed.isEmpty();
  }

  /** Takes down the source's values, if this is a row that differs. */
  void values(Row row) {
    digester.digest(row);
    Changed change = changed.remove(new Pair(digester.key(), digester.row()));
    if (change != null) {
      Difference known = found.get(change.at());
      List<Difference.Values> values = new ArrayList<>();
      for (int i = 0; i < change.columns().length; i++) {
        String source = row.show(change.columns()[i]);
        values.add(new Difference.Values(known.columns().get(i), source, change.values().get(i)));
      }
      found.set(
          change.at(),
          new Difference(known.table(), known.key(), known.what(), known.columns(), values));
    }
  }

  /** Returns the first differences, the rows that PostgreSQL lacks last. */
  List<Difference> differences() {
    open.values().stream()
        .flatMap(Collection::stream)
        .forEach(
            r -> {
              add(new Difference(table.source(), r.key(), Difference.What.MISSING, List.of()));
            });
    return List.copyOf(found);
  }

  private boolean add(Difference difference) {
    return found.size() < MOST_DIFFERENCES && found.add(difference);
  }

  private long[] columnHashes(Row row) {
    long[] hashes = new long[table.columns().size()];
    for (int i = 0; i < hashes.length; i++) {
      columnHash.reset();
      row.put(i, columnHash);
      columnHash.finish();
      hashes[i] = columnHash.high();
    }
    return hashes;
  }

  private static int[] differing(long[] one, long[] other) {
    return IntStream.range(0, one.length).filter(i -> one[i] != other[i]).toArray();
  }

  private List<String> names(int[] columns) {
    return Arrays.stream(columns).mapToObj(i -> table.columns().get(i).source()).toList();
  }

  /** A row of the source: its key for people, its hash, and one hash for each column. */
  @SuppressWarnings("ArrayRecordComponent") // compared column by column, never as a whole
  private record Remembered(String key, RowDigester.Mark row, long[] columns) {}

  /** Which row of the source, among those that may have the same key. */
  private record Pair(RowDigester.Mark key, RowDigester.Mark row) {}

  /** Where a difference is in the list, in which columns, and what PostgreSQL holds there. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Changed(int at, int[] columns, List<String> values) {}
}

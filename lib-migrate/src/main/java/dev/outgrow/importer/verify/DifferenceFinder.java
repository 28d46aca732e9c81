package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which rows differ, given the buckets that do. It remembers the source's rows of a few of
 * these buckets, a few thousandths of the table, and strikes off what PostgreSQL has. <em>Not
 * thread-safe.</em>
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
      List<String> columns = differing(counterpart.columns(), columnHashes(row));
      add(new Difference(table.source(), counterpart.key(), Difference.What.CHANGED, columns));
    }
  }

  /** Returns the first differences, the rows that PostgreSQL lacks last. */
  List<Difference> differences() {
    open.values().stream()
        .flatMap(Collection::stream)
        .forEach(
            r -> add(new Difference(table.source(), r.key(), Difference.What.MISSING, List.of())));
    return List.copyOf(found);
  }

  private void add(Difference difference) {
    if (found.size() < MOST_DIFFERENCES) {
      found.add(difference);
    }
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

  private List<String> differing(long[] one, long[] other) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < one.length; i++) {
      if (one[i] != other[i]) {
        columns.add(table.columns().get(i).source());
      }
    }
    return columns;
  }

  /** A row of the source: its key for people, its hash, and one hash for each column. */
  @SuppressWarnings("ArrayRecordComponent") // compared column by column, never as a whole
  private record Remembered(String key, RowDigester.Mark row, long[] columns) {}
}

package dev.outgrow.query.write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one call, one for each key and in the order of their keys: two calls that meet lock
 * the rows they share in the same order, so that neither waits for the other in a circle.
 */
record DistinctRows(List<Record> rows, int duplicates) {

  static DistinctRows of(
      Collection<? extends Record> given, List<Field<?>> key, Conflict conflict) {
    List<Record> rows = new ArrayList<>(given);
    return areInOrder(rows, key) ? new DistinctRows(rows, 0) : sorted(rows, key, conflict);
  }

  /** Most rows come sorted as they were read: then nothing has to be kept beside them. */
  private static boolean areInOrder(List<Record> rows, List<Field<?>> key) {
    @Nullable RowKey last = null;
    for (Record row : rows) {
      RowKey next = RowKey.of(row, key);
      if (next == null || (last != null && RowKey.KEY_ORDER.compare(last, next) >= 0)) {
        return false;
      }
      last = next;
    }
    return true;
  }

  private static DistinctRows sorted(List<Record> given, List<Field<?>> key, Conflict conflict) {
    Map<RowKey, Record> byKey = new TreeMap<>(RowKey.KEY_ORDER);
    List<Record> likeNoOther = new ArrayList<>();
    for (Record row : given) {
      RowKey rowKey = RowKey.of(row, key);
      if (rowKey == null) {
        likeNoOther.add(row);
      } else {
        byKey.merge(
            rowKey, row, (earlier, later) -> conflict.replaces(later, earlier) ? later : earlier);
      }
    }
    List<Record> rows = new ArrayList<>(byKey.values());
    rows.addAll(likeNoOther);
    return new DistinctRows(rows, given.size() - rows.size());
  }
}

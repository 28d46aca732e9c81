package dev.outgrow.importer.file;

import dev.outgrow.importer.source.KeyText;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.Difference.Values;
import dev.outgrow.importer.verify.Difference.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that differ by walking over both files at once; each hands out its rows in the
 * order of their key. Used once.
 */
final class RowDifferences {
  private static final int MOST = 20;

  private final StoredTable table;
  private final List<Difference> found = new ArrayList<>();

  private RowDifferences(StoredTable table) {
    this.table = table;
  }

  /** Returns the first rows that differ. */
  static List<Difference> of(Connection source, Connection target, StoredTable table, long most)
      throws SQLException {
    RowDifferences differences = new RowDifferences(table);
    try (StoredRows ours = new StoredRows(source, table, most);
        StoredRows theirs = new StoredRows(target, table, Long.MAX_VALUE)) {
      differences.walk(ours, theirs);
    }
    return differences.found;
  }

  private void walk(StoredRows ours, StoredRows theirs) throws SQLException {
    @Nullable Object[] left = ours.next();
    @Nullable Object[] right = theirs.next();
    while (found.size() < MOST && (left != null || right != null)) {
      int order = order(left, right);
      if (order == 0 && left != null && right != null) {
        compare(left, right);
      } else if (order <= 0 && left != null) {
        add(left, What.ABSENT);
      } else if (right != null) {
        add(right, What.ADDED);
      }
      left = order <= 0 ? ours.next() : left;
      right = order >= 0 ? theirs.next() : right;
    }
  }

  /** Which row comes first where rows have numbers; others go side by side. */
  private int order(@Nullable Object @Nullable [] left, @Nullable Object @Nullable [] right) {
    if (left == null || right == null) {
      return left == null ? 1 : -1;
    }
    return table.byRowid() && left[0] instanceof Long a && right[0] instanceof Long b
        ? Long.compare(a, b)
        : 0;
  }

  private void compare(@Nullable Object[] left, @Nullable Object[] right) {
    List<String> columns = new ArrayList<>();
    List<Values> values = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      if (!isEqual(left[i], right[i])) {
        String column = table.columns().get(i);
        columns.add(column);
        values.add(new Values(column, text(left[i]), text(right[i])));
      }
    }
    if (!columns.isEmpty()) {
      found.add(new Difference(table.name(), key(left), What.ALTERED, columns, values));
    }
  }

  private void add(@Nullable Object[] row, What what) {
    found.add(new Difference(table.name(), key(row), what, List.of()));
  }

  private String key(@Nullable Object[] row) {
    return KeyText.of(
        table.key().stream().map(table.columns()::get).toList(),
        table.key().stream().map(i -> text(row[i])).toList());
  }

  private static boolean isEqual(@Nullable Object a, @Nullable Object b) {
    if (a instanceof byte[] left && b instanceof byte[] right) {
      return Arrays.equals(left, right);
    }
    if (a instanceof StoredRows.Text left && b instanceof StoredRows.Text right) {
      return Arrays.equals(left.utf8(), right.utf8());
    }
    return Objects.equals(a, b);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof StoredRows.Text text) {
      return KeyText.text(text.utf8());
    }
    if (value instanceof byte[] blob) {
      return KeyText.bytes(blob);
    }
    return value instanceof Double real
        ? RealText.of(real)
        : value == null ? "NULL" : value.toString();
  }
}

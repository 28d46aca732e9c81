package dev.outgrow.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Columns that are not alike on both backends, so that code generated for one does not fit the
 * other.
 *
 * <p><em>Immutable.</em>
 *
 * @param differences by table and column
 * @since 0.1
 */
public record BackendReport(List<Difference> differences) {
  private static final String MISSING = "missing";

  /**
   * One column.
   *
   * @param table its table
   * @param column its name
   * @param postgresql its type in Java, with {@code ?} if it may be null; {@code missing} if it is
   *     not there
   * @param sqlite the same on SQLite
   */
  public record Difference(String table, String column, String postgresql, String sqlite) {}

  /** Copies the list. */
  public BackendReport {
    differences = List.copyOf(differences);
  }

  static BackendReport of(
      Map<String, Map<String, String>> postgresql, Map<String, Map<String, String>> sqlite) {
    List<Difference> differences = new ArrayList<>();
    for (String table : union(postgresql, sqlite)) {
      Map<String, String> one = postgresql.getOrDefault(table, Map.of());
      Map<String, String> other = sqlite.getOrDefault(table, Map.of());
      for (String column : union(one, other)) {
        String here = one.getOrDefault(column, MISSING);
        String there = other.getOrDefault(column, MISSING);
        if (!here.equals(there)) {
          differences.add(new Difference(table, column, here, there));
        }
      }
    }
    return new BackendReport(differences);
  }

  private static TreeSet<String> union(Map<String, ?> one, Map<String, ?> other) {
    TreeSet<String> all = new TreeSet<>(one.keySet());
    all.addAll(other.keySet());
    return all;
  }

  /**
   * Returns a line for each column: {@code users.added_at: Instant on PostgreSQL, Long on SQLite}.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Difference d : differences) {
      text.append(d.table()).append('.').append(d.column()).append(": ").append(d.postgresql());
      text.append(" on PostgreSQL, ").append(d.sqlite()).append(" on SQLite\n");
    }
    return text.toString();
  }
}

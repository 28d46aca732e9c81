package dev.outgrow.importer;

import dev.outgrow.error.ConfigurationException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which tables of a file are carried, and how much of each.
 *
 * @param include tables that are carried; all, if none is named
 * @param exclude tables that are not, even where included
 * @param limit the most rows of a table that are carried
 */
record Selection(List<TableGlob> include, List<TableGlob> exclude, long limit) {
  static final long NO_LIMIT = Long.MAX_VALUE;
  static final Selection ALL = new Selection(List.of(), List.of(), NO_LIMIT);
  private static final int MOST_NEAR = 5;

  Selection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (limit < 1) {
      throw new ConfigurationException("limit", Long.toString(limit), "1 row a table and more");
    }
  }

  boolean leavesOut(String table) {
    boolean included = include.isEmpty() || include.stream().anyMatch(g -> g.matches(table));
    return !included || exclude.stream().anyMatch(g -> g.matches(table));
  }

  /**
   * Refuses a pattern that speaks of no table: whoever wrote it meant one.
   *
   * @throws ConfigurationException naming the first such pattern and the tables near it
   */
  void refuseUnmatched(Collection<String> tables) {
    include.forEach(g -> refuseUnmatched("include", g, tables));
    exclude.forEach(g -> refuseUnmatched("exclude", g, tables));
  }

  private static void refuseUnmatched(String option, TableGlob glob, Collection<String> tables) {
    if (tables.stream().noneMatch(glob::matches)) {
      String near =
          tables.stream()
              .sorted(
                  Comparator.comparingInt((String t) -> glob.distance(t))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(MOST_NEAR)
              .collect(Collectors.joining(", "));
      throw new ConfigurationException(
          option,
          glob.text(),
          near.isEmpty()
              ? "nothing, as the file has no tables"
              : "a pattern that matches a table of the file; near it: " + near);
    }
  }
}

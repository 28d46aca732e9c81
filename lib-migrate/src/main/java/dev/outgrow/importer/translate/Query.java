package dev.outgrow.importer.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code SELECT} with everything around it.
 *
 * @param with the queries named before it
 * @param parts one select, or several that are set together
 * @param order its order
 * @param limit how many rows, or null
 * @param offset how many rows to skip, or null
 * @param at where it begins
 */
record Query(
    List<Named> with,
    List<Part> parts,
    List<Order> order,
    @Nullable Expr limit,
    @Nullable Expr offset,
    int at) {

  /** A query with a name: {@code WITH name (columns) AS (query)}. */
  record Named(String name, List<String> columns, Query query) {}

  /**
   * One select of a compound.
   *
   * @param operator {@code UNION}, {@code UNION ALL}, {@code EXCEPT} or {@code INTERSECT}; empty
   *     for the first
   * @param select the select
   */
  record Part(String operator, Select select) {}

  /** A plain select. */
  record Select(
      boolean distinct,
      List<Item> items,
      List<Source> from,
      @Nullable Expr where,
      List<Expr> groupBy,
      @Nullable Expr having,
      int at) {}

  /**
   * One thing that is selected.
   *
   * @param expression null for a star
   * @param table the name before the star, or null
   * @param alias its name, or null
   * @param text the expression as written, which SQLite takes for its name
   * @param at where
   */
  record Item(
      @Nullable Expr expression,
      @Nullable String table,
      @Nullable String alias,
      String text,
      int at) {}

  /**
   * A table or a query in {@code FROM}.
   *
   * @param join how it is joined to what stands before: {@code ,}, {@code JOIN}, {@code LEFT JOIN}
   *     or {@code CROSS JOIN}; empty for the first
   * @param table its name, empty for a query
   * @param query the query, or null
   * @param alias its other name, or null
   * @param on the condition, or null
   * @param using the columns that must be equal
   * @param at where
   */
  record Source(
      String join,
      String table,
      @Nullable Query query,
      @Nullable String alias,
      @Nullable Expr on,
      List<String> using,
      int at) {}

  /**
   * A part of {@code ORDER BY}.
   *
   * @param expression what
   * @param descending in which direction
   * @param nulls {@code FIRST}, {@code LAST}, or empty for SQLite's own way
   */
  record Order(Expr expression, boolean descending, String nulls) {}
}

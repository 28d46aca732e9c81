package dev.outgrow.importer.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of SQLite, as its grammar sees it. */
sealed interface Expr {

  /** Returns where it begins, or where its operator stands, in UTF-16 units from 0. */
  int at();

  /** A plain value. */
  record Value(Literal literal, int at) implements Expr {}

  /**
   * A column.
   *
   * @param table the name before the point, or null
   * @param column its name
   * @param maybeText whether it stands in double quotes, and is a text if there is no such column
   * @param at where
   */
  record Name(@Nullable String table, String column, boolean maybeText, int at) implements Expr {}

  /** One of {@code -}, {@code +}, {@code ~} and {@code NOT}. */
  record Unary(String operator, Expr operand, int at) implements Expr {}

  /** Two operands and what stands between them. */
  record Binary(Operator operator, Expr left, Expr right, int at) implements Expr {}

  /** {@code IS NULL}, {@code ISNULL}, {@code IS NOT NULL}, {@code NOT NULL}, {@code NOTNULL}. */
  record IsNull(Expr operand, boolean negated, int at) implements Expr {}

  /** {@code LIKE}, {@code GLOB}, {@code REGEXP} or {@code MATCH}. */
  record Like(
      String operator, Expr text, Expr pattern, @Nullable Expr escape, boolean negated, int at)
      implements Expr {}

  /** {@code BETWEEN}. */
  record Between(Expr operand, Expr low, Expr high, boolean negated, int at) implements Expr {}

  /** {@code IN} a list. */
  record InList(Expr operand, List<Expr> list, boolean negated, int at) implements Expr {}

  /** {@code IN} what a query answers. */
  record InQuery(Expr operand, Query query, boolean negated, int at) implements Expr {}

  /** {@code COLLATE}. */
  record Collate(Expr operand, String collation, int at) implements Expr {}

  /** {@code CASE}. */
  record Case(@Nullable Expr base, List<Arm> arms, @Nullable Expr otherwise, int at)
      implements Expr {

    /** {@code WHEN … THEN …}. */
    record Arm(Expr when, Expr then) {}
  }

  /** {@code CAST}. */
  record Cast(Expr operand, String type, int at) implements Expr {}

  /**
   * A function.
   *
   * @param name as written
   * @param arguments none for a star
   * @param distinct whether {@code DISTINCT} stands before them
   * @param star whether it is {@code f(*)}
   * @param filter the condition of {@code FILTER}, or null
   * @param window what {@code OVER} says, or null
   * @param at where
   */
  record Call(
      String name,
      List<Expr> arguments,
      boolean distinct,
      boolean star,
      @Nullable Expr filter,
      @Nullable Window window,
      int at)
      implements Expr {}

  /** Several expressions in one bracket. */
  record Row(List<Expr> parts, int at) implements Expr {}

  /** {@code EXISTS}. */
  record Exists(Query query, int at) implements Expr {}

  /** A query that stands for one value. */
  record Scalar(Query query, int at) implements Expr {}

  /** {@code OVER (PARTITION BY … ORDER BY …)}. */
  record Window(List<Expr> partition, List<Query.Order> order) {}
}

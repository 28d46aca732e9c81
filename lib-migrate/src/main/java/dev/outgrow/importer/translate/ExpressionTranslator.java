package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Affinity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through an expression and writes each part with what is known of its value. */
final class ExpressionTranslator {
  /** Longer SQL is refused: some forms repeat their operands, and nesting them multiplies. */
  private static final int LONGEST = 60_000;

  private final Names names;
  private final @Nullable Subqueries subqueries;
  private final boolean inAggregate;

  /** How a query inside an expression is written, where there can be one. */
  interface Subqueries {
    /** Returns the query's SQL without brackets and its columns. */
    QueryTranslator.Written write(Query query) throws RefusedException;
  }

  ExpressionTranslator(Names names) {
    this(names, null, true);
  }

  /**
   * Makes one for a query.
   *
   * @param inAggregate whether aggregate functions are not allowed because one is around already,
   *     or because there is nothing to aggregate
   */
  ExpressionTranslator(Names names, @Nullable Subqueries subqueries, boolean inAggregate) {
    this.names = names;
    this.subqueries = subqueries;
    this.inAggregate = inAggregate;
  }

  Typed translate(Expr expr) throws RefusedException {
    Typed typed = group(expr);
    if (typed == null) {
      typed = written(expr);
    }
    if (typed.sql().length() > LONGEST) {
      throw new RefusedException("the translation would be too long", expr.at());
    }
    return typed;
  }

  /** Returns the expression if rows are grouped by it. */
  private @Nullable Typed group(Expr expr) {
    if (!(names instanceof Grouped grouped) || expr instanceof Expr.Value) {
      return null;
    }
    try {
      return grouped.shown(ofRows().translate(expr));
    } catch (RefusedException e) {
      return null; // it is no group; what it is else decides whether it is refused
    }
  }

  /** Returns one for the rows that are gathered into groups. */
  private ExpressionTranslator ofRows() {
    Names rows = names instanceof Grouped grouped ? grouped.rows() : names;
    return new ExpressionTranslator(rows, subqueries, true);
  }

  Typed truth(Expr expr) throws RefusedException {
    return Values.truth(translate(expr), expr.at());
  }

  List<Typed> all(List<Expr> exprs) throws RefusedException {
    List<Typed> all = new ArrayList<>();
    for (Expr expr : exprs) {
      all.add(translate(expr));
    }
    return all;
  }

  private Typed written(Expr expr) throws RefusedException {
    if (expr instanceof Expr.Value value) {
      return Values.of(value.literal(), value.at());
    }
    if (expr instanceof Expr.Name name) {
      return name(name);
    }
    if (expr instanceof Expr.Unary unary) {
      return unary(unary);
    }
    if (expr instanceof Expr.Binary binary) {
      return binary(binary);
    }
    if (expr instanceof Expr.Collate collate) {
      return translate(collate.operand())
          .withCollation(Collations.named(collate.collation(), collate.at()), true);
    }
    if (expr instanceof Expr.Cast cast) {
      return Casts.cast(translate(cast.operand()), cast.type(), cast.at());
    }
    if (expr instanceof Expr.Case cases) {
      return Choices.of(this, cases);
    }
    if (expr instanceof Expr.Call call) {
      return call(call);
    }
    return predicate(expr);
  }

  private Typed predicate(Expr expr) throws RefusedException {
    if (expr instanceof Expr.IsNull isNull) {
      Typed operand = translate(isNull.operand());
      String test = isNull.negated() ? " IS NOT NULL)" : " IS NULL)";
      return Typed.of("(" + operand.sql() + test, Kind.TRUTH, operand.stability());
    }
    if (expr instanceof Expr.Between between) {
      return between(between);
    }
    if (expr instanceof Expr.InList in) {
      return inList(in);
    }
    if (expr instanceof Expr.Like like) {
      return negated(Likeness.of(this, like), like.negated());
    }
    if (expr instanceof Expr.InQuery
        || expr instanceof Expr.Exists
        || expr instanceof Expr.Scalar) {
      return subquery(expr);
    }
    throw new RefusedException("several values in one bracket", expr.at());
  }

  private Typed name(Expr.Name name) throws RefusedException {
    Typed column = names.find(name);
    if (column != null) {
      return column;
    }
    if (name.table() == null && name.maybeText()) {
      return Values.text(name.column(), name.at());
    }
    if (isTruth(name)) {
      return Values.whole(Ascii.same(name.column(), "true") ? 1 : 0);
    }
    if (name.table() == null && FunctionTable.isClock(name.column())) {
      return call(new Expr.Call(name.column(), List.of(), false, false, null, null, name.at()));
    }
    throw new RefusedException("no such column: " + name.column(), name.at());
  }

  private static boolean isTruth(Expr.Name name) {
    return name.table() == null
        && !name.maybeText()
        && (Ascii.same(name.column(), "true") || Ascii.same(name.column(), "false"));
  }

  private Typed unary(Expr.Unary unary) throws RefusedException {
    if (unary.operator().equals("NOT")) {
      return negated(truth(unary.operand()), true);
    }
    return Arithmetic.unary(unary.operator(), translate(unary.operand()), unary.at());
  }

  private static Typed negated(Typed truth, boolean negated) {
    return negated ? Typed.of("(NOT " + truth.sql() + ")", Kind.TRUTH, truth.stability()) : truth;
  }

  private Typed binary(Expr.Binary binary) throws RefusedException {
    Operator operator = binary.operator();
    if (operator == Operator.AND || operator == Operator.OR) {
      Typed left = truth(binary.left());
      Typed right = truth(binary.right());
      String sql = "(" + left.sql() + " " + operator.symbol() + " " + right.sql() + ")";
      return Typed.of(sql, Kind.TRUTH, left.stability().and(right.stability()));
    }
    if (asksForTruth(binary)) {
      Typed left = truth(binary.left());
      String is = operator == Operator.IS ? " IS " : " IS NOT ";
      String value = Ascii.upper(((Expr.Name) binary.right()).column());
      return Typed.of("(" + left.sql() + is + value + ")", Kind.TRUTH, left.stability());
    }
    Typed unchanged = names instanceof RowNames rows ? rows.unchanged(binary) : null;
    if (unchanged != null) {
      return unchanged;
    }
    Typed left = translate(binary.left());
    Typed right = translate(binary.right());
    if (operator == Operator.JSON || operator == Operator.JSON_VALUE) {
      return JsonFunctions.arrow(operator, left, right, binary.at());
    }
    return operator.compares()
        ? new Comparison(operator, binary.at()).of(left, right)
        : Arithmetic.binary(operator, left, right, binary.at());
  }

  /** {@code x IS TRUE} asks whether x is true, not whether it is 1. */
  private boolean asksForTruth(Expr.Binary binary) throws RefusedException {
    return (binary.operator() == Operator.IS || binary.operator() == Operator.IS_NOT)
        && binary.right() instanceof Expr.Name name
        && isTruth(name)
        && names.find(name) == null;
  }

  private Typed between(Expr.Between between) throws RefusedException {
    Typed operand = Values.repeatable(translate(between.operand()), between.at());
    Typed low =
        new Comparison(Operator.AT_LEAST, between.at()).of(operand, translate(between.low()));
    Typed high =
        new Comparison(Operator.AT_MOST, between.at()).of(operand, translate(between.high()));
    String sql = "(" + low.sql() + " AND " + high.sql() + ")";
    return negated(
        Typed.of(sql, Kind.TRUTH, low.stability().and(high.stability())), between.negated());
  }

  /** The list's own affinities and collations do not count in SQLite. */
  private Typed inList(Expr.InList in) throws RefusedException {
    Typed operand = Values.repeatable(translate(in.operand()), in.at());
    if (!Comparison.compares(operand)) {
      throw new RefusedException("a comparison with the type " + operand.type(), in.at());
    }
    if (in.list().isEmpty()) {
      return negated(Typed.of("false", Kind.TRUTH, Stability.IMMUTABLE), in.negated());
    }
    List<String> tests = new ArrayList<>();
    Stability stability = operand.stability();
    for (Typed element : all(in.list())) {
      Typed plain = element.withAffinity(Affinity.BLOB).withCollation(null, false);
      Typed test = new Comparison(Operator.EQUAL, in.at()).of(operand, plain);
      stability = stability.and(test.stability());
      tests.add(test.sql());
    }
    return negated(
        Typed.of("(" + String.join(" OR ", tests) + ")", Kind.TRUTH, stability), in.negated());
  }

  private Typed call(Expr.Call call) throws RefusedException {
    Function function = FunctionTable.find(call);
    if (function.family() != Function.Family.SCALAR && (inAggregate || subqueries == null)) {
      throw new RefusedException(call.name() + " cannot stand here", call.at());
    }
    boolean gathers = function.family() == Function.Family.AGGREGATE && call.window() == null;
    ExpressionTranslator inner = gathers ? ofRows() : this;
    return function.render(new Function.Use(inner, call, inner.all(call.arguments())));
  }

  private Typed subquery(Expr expr) throws RefusedException {
    if (subqueries == null) {
      throw new RefusedException("a query cannot stand here", expr.at());
    }
    return new Subquery(this, subqueries).of(expr);
  }
}

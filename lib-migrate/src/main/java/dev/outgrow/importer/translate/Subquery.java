package dev.outgrow.importer.translate;

/** A query inside an expression. */
final class Subquery {
  private final ExpressionTranslator translator;
  private final ExpressionTranslator.Subqueries subqueries;

  Subquery(ExpressionTranslator translator, ExpressionTranslator.Subqueries subqueries) {
    this.translator = translator;
    this.subqueries = subqueries;
  }

  Typed of(Expr expr) throws RefusedException {
    if (expr instanceof Expr.Exists exists) {
      String sql = "EXISTS (" + subqueries.write(exists.query()).sql() + ")";
      return Typed.of(sql, Kind.TRUTH, Stability.STABLE);
    }
    if (expr instanceof Expr.InQuery in) {
      return in(in);
    }
    return scalar((Expr.Scalar) expr);
  }

  private Typed in(Expr.InQuery in) throws RefusedException {
    Typed operand = translator.translate(in.operand());
    QueryTranslator.Written query = subqueries.write(in.query());
    Typed column = only(query, in.at());
    boolean same = operand.kind() == column.kind() && operand.type().equals(column.type());
    if (!same || !operand.kind().isKnown() || !isBinary(operand) || !isBinary(column)) {
      throw new RefusedException("IN with a query of another type or collation", in.at());
    }
    String not = in.negated() ? " NOT IN (" : " IN (";
    return Typed.of("(" + operand.sql() + not + query.sql() + "))", Kind.TRUTH, Stability.STABLE);
  }

  private static boolean isBinary(Typed typed) {
    return Collations.orBinary(typed.collation()).equals(Collations.BINARY);
  }

  /** SQLite takes the first row where PostgreSQL fails: there must not be a second one. */
  private Typed scalar(Expr.Scalar scalar) throws RefusedException {
    QueryTranslator.Written query = subqueries.write(scalar.query());
    if (!query.atMostOneRow()) {
      throw new RefusedException("a query for one value that may find several", scalar.at());
    }
    Typed column = only(query, scalar.at());
    if (column.type().isEmpty()) {
      throw new RefusedException("a query for a value of no known type", scalar.at());
    }
    return new Typed(
        "(" + query.sql() + ")::" + column.type(),
        column.kind(),
        column.type(),
        column.affinity(),
        column.collation(),
        false,
        Stability.STABLE,
        null,
        Typed.Form.ANY);
  }

  private static Typed only(QueryTranslator.Written query, int at) throws RefusedException {
    if (query.columns().size() != 1) {
      throw new RefusedException("a query of several columns for one value", at);
    }
    Scope.Column column = query.columns().get(0);
    return Columns.typed(column, "");
  }
}

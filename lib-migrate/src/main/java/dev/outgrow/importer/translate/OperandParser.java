package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands between operators: values, names, functions, brackets. */
final class OperandParser {
  private final Cursor cursor;
  private final ExpressionParser expressions;

  OperandParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Expr operand() throws RefusedException {
    int at = cursor.offset();
    Token token = cursor.current();
    return switch (token.kind()) {
      case INTEGER, FLOAT, BLOB -> literal(cursor.next().text(), at);
      case STRING -> cursor.peek(1, ".") ? name() : literal(cursor.next().text(), at);
      case QUOTED_NAME -> cursor.peek(1, "(") ? call() : name();
      case WORD -> word(at);
      case PARAMETER -> throw cursor.refused("a parameter");
      case ILLEGAL -> throw cursor.refused("unrecognised token");
      case OPERATOR -> bracket(at);
    };
  }

  Expr literal(String text, int at) throws RefusedException {
    return new Expr.Value(
        Literals.parse(text).orElseThrow(() -> new RefusedException("no value: " + text, at)), at);
  }

  private Expr word(int at) throws RefusedException {
    if (cursor.accept("CASE")) {
      return caseExpression(at);
    }
    if (cursor.accept("CAST", "(")) {
      return cast(at);
    }
    if (cursor.peek("EXISTS") && cursor.peek(1, "(")) {
      cursor.accept("EXISTS", "(");
      return new Expr.Exists(query(), at);
    }
    if (cursor.accept("NULL")) {
      return new Expr.Value(new Literal.Null(), at);
    }
    if (cursor.peek(1, "(")) {
      return call();
    }
    return name();
  }

  private Expr name() throws RefusedException {
    int at = cursor.offset();
    Token token = cursor.current();
    boolean doubleQuoted = token.kind() == Kind.QUOTED_NAME && token.text().charAt(0) == '"';
    String first = cursor.name();
    if (!cursor.accept(".")) {
      return new Expr.Name(null, first, doubleQuoted, at);
    }
    String second = cursor.name();
    if (cursor.accept(".")) { // main.t.c
      return new Expr.Name(second, cursor.name(), false, at);
    }
    return new Expr.Name(first, second, false, at);
  }

  private Expr bracket(int at) throws RefusedException {
    cursor.expect("(");
    if (cursor.peek("SELECT") || cursor.peek("WITH") || cursor.peek("VALUES")) {
      return new Expr.Scalar(query(), at);
    }
    List<Expr> parts = expressions.list();
    cursor.expect(")");
    return parts.size() == 1 ? parts.get(0) : new Expr.Row(parts, at);
  }

  /** Reads a query and the bracket that closes it. */
  private Query query() throws RefusedException {
    Query query = new QueryParser(cursor, expressions).query();
    cursor.expect(")");
    return query;
  }

  Expr in(Expr left, boolean negated, int at) throws RefusedException {
    cursor.expect("(");
    if (cursor.peek("SELECT") || cursor.peek("WITH")) {
      return new Expr.InQuery(left, query(), negated, at);
    }
    List<Expr> list = cursor.peek(")") ? List.of() : expressions.list();
    cursor.expect(")");
    return new Expr.InList(left, list, negated, at);
  }

  private Expr caseExpression(int at) throws RefusedException {
    Expr base = cursor.peek("WHEN") ? null : expressions.expression();
    List<Expr.Case.Arm> arms = new ArrayList<>();
    while (cursor.accept("WHEN")) {
      Expr when = expressions.expression();
      cursor.expect("THEN");
      arms.add(new Expr.Case.Arm(when, expressions.expression()));
    }
    if (arms.isEmpty()) {
      throw cursor.refused("WHEN expected");
    }
    Expr otherwise = cursor.accept("ELSE") ? expressions.expression() : null;
    cursor.expect("END");
    return new Expr.Case(base, arms, otherwise, at);
  }

  private Expr cast(int at) throws RefusedException {
    Expr operand = expressions.expression();
    cursor.expect("AS");
    int from = cursor.offset();
    int open = 0;
    while (open > 0 || !cursor.peek(")")) {
      Token token = cursor.next();
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    String type = cursor.offset() == from ? "" : cursor.writtenFrom(from);
    cursor.expect(")");
    return new Expr.Cast(operand, type, at);
  }

  private Expr call() throws RefusedException {
    int at = cursor.offset();
    String name = cursor.name();
    cursor.expect("(");
    boolean star = cursor.accept("*");
    boolean distinct = !star && cursor.accept("DISTINCT");
    List<Expr> arguments = star || cursor.peek(")") ? List.of() : expressions.list();
    if (cursor.peek("ORDER")) {
      throw cursor.refused("an order inside an aggregate function");
    }
    cursor.expect(")");
    Expr filter = null;
    if (cursor.accept("FILTER", "(")) {
      cursor.expect("WHERE");
      filter = expressions.expression();
      cursor.expect(")");
    }
    return new Expr.Call(name, arguments, distinct, star, filter, window(), at);
  }

  private Expr.@Nullable Window window() throws RefusedException {
    if (!cursor.accept("OVER")) {
      return null;
    }
    cursor.expect("(");
    List<Expr> partition = cursor.accept("PARTITION", "BY") ? expressions.list() : List.<Expr>of();
    List<Query.Order> order =
        cursor.accept("ORDER", "BY")
            ? new QueryParser(cursor, expressions).order()
            : List.<Query.Order>of();
    cursor.expect(")"); // a frame of its own is refused here
    return new Expr.Window(partition, order);
  }
}

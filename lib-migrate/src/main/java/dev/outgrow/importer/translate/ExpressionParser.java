package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by SQLite's own precedence. What SQLite's grammar reads in a surprising way (a
 * comparison as the lower bound of {@code BETWEEN}) is refused.
 */
final class ExpressionParser {
  private static final int LOWEST = 1;

  private final Cursor cursor;
  private final OperandParser operands;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
    this.operands = new OperandParser(cursor, this);
  }

  /** Reads a whole text as one expression. */
  static Expr parse(String text) throws RefusedException {
    Cursor cursor = new Cursor(text);
    Expr expression = new ExpressionParser(cursor).expression();
    cursor.expectEnd();
    return expression;
  }

  Expr expression() throws RefusedException {
    return expression(LOWEST);
  }

  List<Expr> list() throws RefusedException {
    List<Expr> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (cursor.accept(","));
    return list;
  }

  /** Reads operators that bind at least as tightly as this. Every one found is a level of depth. */
  private Expr expression(int least) throws RefusedException {
    cursor.enter();
    int levels = 1;
    Expr left = prefixed();
    for (Expr more = continued(left, least); more != null; more = continued(left, least)) {
      left = more;
      cursor.enter();
      levels++;
    }
    cursor.leave(levels);
    return left;
  }

  private Expr prefixed() throws RefusedException {
    int at = cursor.offset();
    if (cursor.accept("NOT")) {
      return new Expr.Unary("NOT", expression(Operator.NEGATION), at);
    }
    for (String sign : List.of("-", "+", "~")) {
      if (cursor.accept(sign)) {
        return signed(sign, at);
      }
    }
    return operands.operand();
  }

  /** Reads a sign with its number as one value: the smallest integer has no positive twin. */
  private Expr signed(String sign, int at) throws RefusedException {
    if (sign.equals("-") && (cursor.peek(Kind.INTEGER) || cursor.peek(Kind.FLOAT))) {
      return operands.literal("-" + cursor.next().text(), at);
    }
    cursor.enter();
    Expr operand = prefixed();
    cursor.leave(1);
    return new Expr.Unary(sign, operand, at);
  }

  /** Reads one more operator with what stands behind it, or returns null. */
  private @Nullable Expr continued(Expr left, int least) throws RefusedException {
    if (cursor.atEnd()) {
      return null;
    }
    int at = cursor.offset();
    if (least <= Operator.COLLATION && cursor.accept("COLLATE")) {
      return new Expr.Collate(left, cursor.name(), at);
    }
    if (least <= Operator.EQUALITY) {
      Expr read = predicate(left, at);
      if (read != null) {
        return read;
      }
    }
    Operator operator = Operator.of(cursor.current());
    if (operator == null || operator.precedence() < least) {
      return null;
    }
    cursor.next();
    return new Expr.Binary(operator, left, expression(operator.precedence() + 1), at);
  }

  private @Nullable Expr predicate(Expr left, int at) throws RefusedException {
    if (cursor.accept("ISNULL")) {
      return new Expr.IsNull(left, false, at);
    }
    if (cursor.accept("NOTNULL") || cursor.accept("NOT", "NULL")) {
      return new Expr.IsNull(left, true, at);
    }
    if (cursor.accept("IS")) {
      return is(left, at);
    }
    boolean negated = isNegatable(1) && cursor.accept("NOT");
    if (cursor.accept("BETWEEN")) {
      Expr low = expression(Operator.EQUALITY + 1);
      cursor.expect("AND");
      return new Expr.Between(left, low, expression(Operator.EQUALITY + 1), negated, at);
    }
    if (cursor.accept("IN")) {
      return operands.in(left, negated, at);
    }
    return isNegatable(0) ? like(left, negated, at) : null;
  }

  private boolean isNegatable(int ahead) {
    return (ahead == 0 || cursor.peek("NOT"))
        && (cursor.peek(ahead, "BETWEEN")
            || cursor.peek(ahead, "IN")
            || cursor.peek(ahead, "LIKE")
            || cursor.peek(ahead, "GLOB")
            || cursor.peek(ahead, "REGEXP")
            || cursor.peek(ahead, "MATCH"));
  }

  private Expr is(Expr left, int at) throws RefusedException {
    boolean negated = cursor.accept("NOT");
    if (cursor.accept("DISTINCT", "FROM")) {
      negated = !negated;
    }
    Expr right = expression(Operator.EQUALITY + 1);
    if (right instanceof Expr.Value value && value.literal() instanceof Literal.Null) {
      return new Expr.IsNull(left, negated, at);
    }
    return new Expr.Binary(negated ? Operator.IS_NOT : Operator.IS, left, right, at);
  }

  private Expr like(Expr left, boolean negated, int at) throws RefusedException {
    Token operator = cursor.next();
    Expr pattern = expression(Operator.EQUALITY + 1);
    Expr escape = cursor.accept("ESCAPE") ? expression(Operator.EQUALITY + 2) : null;
    return new Expr.Like(Ascii.upper(operator.text()), left, pattern, escape, negated, at);
  }
}

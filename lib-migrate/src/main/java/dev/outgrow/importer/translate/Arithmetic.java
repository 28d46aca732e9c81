package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Affinity;

/**
 * Sums, products, bits and joined texts. An integer that needs more than 64 bits, a real number in
 * SQLite, is an error in PostgreSQL.
 */
final class Arithmetic {
  private static final int BITS = 63;

  private Arithmetic() {}

  static Typed unary(String operator, Typed operand, int at) throws RefusedException {
    if (operator.equals("+")) { // does nothing but take the affinity away
      return operand.withAffinity(Affinity.BLOB);
    }
    if (operand.isNull()) {
      return operand;
    }
    if (operator.equals("-") && operand.kind() == Kind.REAL) {
      return Typed.of("(- " + operand.sql() + ")", Kind.REAL, operand.stability());
    }
    Typed integer = Values.integer(operand, at);
    return Typed.of("(" + operator + " " + integer.sql() + ")", Kind.INTEGER, operand.stability());
  }

  static Typed binary(Operator operator, Typed left, Typed right, int at) throws RefusedException {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> number(operator, left, right, at);
      case REMAINDER, BIT_AND, BIT_OR -> integers(operator, left, right, at);
      case SHIFT_LEFT, SHIFT_RIGHT -> shifted(operator, left, right, at);
      case CONCATENATE -> joined(left, right, at);
      default -> throw new RefusedException("the operator " + operator.symbol(), at);
    };
  }

  private static Typed number(Operator operator, Typed left, Typed right, int at)
      throws RefusedException {
    if (left.kind() != Kind.REAL && right.kind() != Kind.REAL) {
      return integers(operator, left, right, at);
    }
    Typed divisor = Values.realOf(right, at);
    String r = operator == Operator.DIVIDE ? notZero(divisor) : divisor.sql();
    // Infinity less infinity: not a number here, and NULL in SQLite.
    String sql =
        "nullif("
            + Values.realOf(left, at).sql()
            + " "
            + operator.symbol()
            + " "
            + r
            + ", 'NaN'::double precision)";
    return result(sql, Kind.REAL, left, right);
  }

  private static Typed integers(Operator operator, Typed left, Typed right, int at)
      throws RefusedException {
    Typed divisor = Values.integer(right, at);
    boolean divides = operator == Operator.DIVIDE || operator == Operator.REMAINDER;
    String r = divides ? notZero(divisor) : divisor.sql();
    String sql = "(" + Values.integer(left, at).sql() + " " + operator.symbol() + " " + r + ")";
    return result(sql, Kind.INTEGER, left, right);
  }

  /** SQLite answers NULL where PostgreSQL fails. */
  private static String notZero(Typed divisor) {
    return "nullif(" + divisor.sql() + ", 0)";
  }

  private static Typed shifted(Operator operator, Typed left, Typed right, int at)
      throws RefusedException {
    if (!(right.literal() instanceof Literal.Whole by) || by.value() < 0 || by.value() > BITS) {
      throw new RefusedException("a shift by something else than 0 to " + BITS, at);
    }
    String sql =
        "(" + Values.integer(left, at).sql() + " " + operator.symbol() + " " + by.value() + ")";
    return result(sql, Kind.INTEGER, left, right);
  }

  private static Typed joined(Typed left, Typed right, int at) throws RefusedException {
    if (left.explicit() || right.explicit()) {
      throw new RefusedException("COLLATE inside an expression", at);
    }
    String sql =
        "(" + Values.textOf(left, at).sql() + " || " + Values.textOf(right, at).sql() + ")";
    return result(sql, Kind.TEXT, left, right);
  }

  private static Typed result(String sql, Kind kind, Typed left, Typed right) {
    return Typed.of(sql, kind, left.stability().and(right.stability()));
  }
}

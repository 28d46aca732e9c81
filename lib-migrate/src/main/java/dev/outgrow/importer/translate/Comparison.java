package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Affinity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares as SQLite does: affinity first, then the storage class, then the value, a text by its
 * collation.
 */
final class Comparison {
  /** Up to here every integer is a real number too, so that none is rounded onto another. */
  private static final double EXACT = 0x1p53;

  private static final Pattern NUMBER =
      Pattern.compile(
          "[ \\t\\n\\x0B\\f\\r]*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?[ \\t\\n\\x0B\\f\\r]*");

  private final Operator operator;
  private final int at;

  Comparison(Operator operator, int at) {
    this.operator = operator;
    this.at = at;
  }

  Typed of(Typed left, Typed right) throws RefusedException {
    if (left.kind() == Kind.JSON && !right.isNull()) {
      return JsonValues.compared(operator, Values.repeatable(left, at), right, at);
    }
    if (right.kind() == Kind.JSON && !left.isNull()) {
      return JsonValues.compared(mirrored(), Values.repeatable(right, at), left, at);
    }
    requireKnown(left);
    requireKnown(right);
    if (left.isNull() || right.isNull()) {
      return withNull(left, right);
    }
    if (left.kind() == Kind.MIXED || right.kind() == Kind.MIXED) {
      return mixedTexts(left, right);
    }
    Affinity l = left.affinity();
    Affinity r = right.affinity();
    if (l.isNumeric() && !r.isNumeric()) {
      return sameAffinity(left, numeric(right));
    }
    if (r.isNumeric() && !l.isNumeric()) {
      return sameAffinity(numeric(left), right);
    }
    if (l == Affinity.TEXT && r == Affinity.BLOB) {
      return sameAffinity(left, text(right));
    }
    if (r == Affinity.TEXT && l == Affinity.BLOB) {
      return sameAffinity(text(left), right);
    }
    return sameAffinity(left, right);
  }

  /** Returns whether a value can be compared with some other one. */
  static boolean compares(Typed side) {
    return side.kind().isKnown() || side.kind() == Kind.JSON || side.kind() == Kind.MIXED;
  }

  /**
   * Whether integers and texts side by side equal something can be told from their digits; their
   * order cannot.
   */
  private Typed mixedTexts(Typed left, Typed right) throws RefusedException {
    boolean equality =
        switch (operator) {
          case EQUAL, UNEQUAL, IS, IS_NOT -> true;
          default -> false;
        };
    if (!equality || !digitsTell(left) || !digitsTell(right)) {
      throw new RefusedException("a comparison of integers and texts side by side", at);
    }
    return texts(Values.textOf(left, at), Values.textOf(right, at));
  }

  /** A text that is a number would be one to SQLite, and equal the integer of that value. */
  private static boolean digitsTell(Typed side) {
    return switch (side.kind()) {
      case MIXED -> side.affinity().isNumeric();
      case INTEGER -> true;
      case TEXT ->
          side.literal() instanceof Literal.Text text && !NUMBER.matcher(text.value()).matches();
      default -> false;
    };
  }

  private void requireKnown(Typed side) throws RefusedException {
    if (!compares(side)) {
      throw new RefusedException("a comparison with the type " + side.type(), at);
    }
  }

  private Typed withNull(Typed left, Typed right) {
    Typed other = left.isNull() ? right : left;
    return switch (operator) {
      case IS -> result("(" + other.sql() + " IS NULL)", left, right);
      case IS_NOT -> result("(" + other.sql() + " IS NOT NULL)", left, right);
      default -> result("NULL::boolean", left, right);
    };
  }

  /** A text that may or may not be a number cannot be compared before it is there. */
  private Typed numeric(Typed side) throws RefusedException {
    if (side.kind() != Kind.TEXT) {
      return side;
    }
    if (!(side.literal() instanceof Literal.Text text)) {
      throw new RefusedException("a number compared with a text", at);
    }
    if (!NUMBER.matcher(text.value()).matches()) {
      return side;
    }
    try {
      return Values.whole(Long.parseLong(text.value().strip()));
    } catch (NumberFormatException e) { // a fraction, or more than 64 bits
      return Values.real(Double.parseDouble(text.value().strip()));
    }
  }

  private Typed text(Typed side) throws RefusedException {
    return side.kind() == Kind.BLOB ? side : Values.textOf(side, at);
  }

  private Typed sameAffinity(Typed left, Typed right) throws RefusedException {
    if (left.kind().isNumber() && right.kind().isNumber()) {
      return numbers(left, right);
    }
    if (left.kind() != right.kind()) {
      return differentClasses(left, right);
    }
    return left.kind() == Kind.TEXT
        ? texts(left, right)
        : plain(left, right, left.sql(), right.sql());
  }

  /** Numbers come before texts and texts before bytes, whatever they are. */
  private Typed differentClasses(Typed left, Typed right) {
    boolean less = rank(left.kind()) < rank(right.kind());
    boolean holds =
        switch (operator) {
          case LESS, AT_MOST -> less;
          case MORE, AT_LEAST -> !less;
          case UNEQUAL, IS_NOT -> true;
          default -> false;
        };
    String bothNull = left.sql() + " IS NULL AND " + right.sql() + " IS NULL";
    String anyNull = left.sql() + " IS NULL OR " + right.sql() + " IS NULL";
    return switch (operator) {
      case IS -> result("(" + bothNull + ")", left, right);
      case IS_NOT -> result("(NOT (" + bothNull + "))", left, right);
      default ->
          result(
              "(CASE WHEN " + anyNull + " THEN NULL::boolean ELSE " + holds + " END)", left, right);
    };
  }

  private static int rank(Kind kind) {
    return kind.isNumber() ? 0 : kind == Kind.TEXT ? 1 : 2;
  }

  private Typed texts(Typed left, Typed right) throws RefusedException {
    String collation = Collations.of(left, right);
    return plain(
        left,
        right,
        Collations.key(left.sql(), collation, at),
        Collations.key(right.sql(), collation, at));
  }

  private Typed numbers(Typed left, Typed right) throws RefusedException {
    if (left.kind() == Kind.TRUTH || right.kind() == Kind.TRUTH) {
      return truths(left, right);
    }
    if (left.type().equals("numeric") || right.type().equals("numeric")) {
      return plain(left, right, Values.exact(left, at).sql(), Values.exact(right, at).sql());
    }
    boolean leftWhole = left.kind() == Kind.INTEGER;
    boolean rightWhole = right.kind() == Kind.INTEGER;
    if (leftWhole == rightWhole || isSmall(left) || isSmall(right)) {
      return plain(left, right, left.sql(), right.sql());
    }
    return leftWhole ? mixed(operator, left, right) : mixed(mirrored(), right, left);
  }

  private Typed truths(Typed left, Typed right) throws RefusedException {
    String l = asTruth(left);
    String r = asTruth(right);
    if (l != null && r != null) {
      return plain(left, right, l, r);
    }
    Typed leftNumber = left.kind() == Kind.TRUTH ? Values.integer(left, at) : left;
    Typed rightNumber = right.kind() == Kind.TRUTH ? Values.integer(right, at) : right;
    return numbers(leftNumber, rightNumber);
  }

  private static @Nullable String asTruth(Typed side) {
    if (side.literal() instanceof Literal.Whole whole
        && (whole.value() == 0 || whole.value() == 1)) {
      return String.valueOf(whole.value() == 1);
    }
    return side.kind() == Kind.TRUTH ? side.sql() : null;
  }

  /** Returns whether comparing as real numbers is exact because this side is a small one. */
  private static boolean isSmall(Typed side) {
    Literal literal = side.literal();
    if (literal instanceof Literal.Whole whole) {
      return Math.abs((double) whole.value()) < EXACT;
    }
    return literal instanceof Literal.Real real && Math.abs(real.value()) < EXACT;
  }

  private Operator mirrored() {
    return switch (operator) {
      case LESS -> Operator.MORE;
      case AT_MOST -> Operator.AT_LEAST;
      case MORE -> Operator.LESS;
      case AT_LEAST -> Operator.AT_MOST;
      default -> operator;
    };
  }

  /** PostgreSQL would round the integer; so the real number is brought to the integers instead. */
  private Typed mixed(Operator by, Typed whole, Typed real) throws RefusedException {
    String a = Values.repeatable(whole, at).sql();
    String b = Values.repeatable(real, at).sql();
    return switch (by) {
      case LESS -> within(whole, real, "true", "false", a + " < ceil(" + b + ")::bigint");
      case AT_MOST -> within(whole, real, "true", "false", a + " <= floor(" + b + ")::bigint");
      case MORE -> within(whole, real, "false", "true", a + " > floor(" + b + ")::bigint");
      case AT_LEAST -> within(whole, real, "false", "true", a + " >= ceil(" + b + ")::bigint");
      case UNEQUAL -> within(whole, real, "true", "true", "NOT (" + equal(a, b) + ")");
      case EQUAL -> within(whole, real, "false", "false", equal(a, b));
      default -> identical(by, whole, real);
    };
  }

  private static String equal(String a, String b) {
    return a + " = trunc(" + b + ")::bigint AND trunc(" + b + ") = " + b;
  }

  private static Typed within(Typed whole, Typed real, String above, String below, String inside) {
    String sql =
        "CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL::boolean WHEN %2$s >= %3$s THEN %4$s WHEN %2$s < %5$s THEN %6$s ELSE %7$s END"
            .formatted(
                whole.sql(),
                real.sql(),
                Values.real(0x1p63).sql(),
                above,
                Values.real(-0x1p63).sql(),
                below,
                inside);
    return result("(" + sql + ")", whole, real);
  }

  private Typed identical(Operator by, Typed whole, Typed real) throws RefusedException {
    Typed equal = mixed(Operator.EQUAL, whole, real);
    String sql =
        "coalesce(" + equal.sql() + ", " + whole.sql() + " IS NULL AND " + real.sql() + " IS NULL)";
    return result(by == Operator.IS ? sql : "(NOT " + sql + ")", whole, real);
  }

  private Typed plain(Typed left, Typed right, String l, String r) {
    String symbol =
        switch (operator) {
          case IS -> "IS NOT DISTINCT FROM";
          case IS_NOT -> "IS DISTINCT FROM";
          default -> operator.symbol();
        };
    return result("(" + l + " " + symbol + " " + r + ")", left, right);
  }

  private static Typed result(String sql, Typed left, Typed right) {
    return Typed.of(sql, Kind.TRUTH, left.stability().and(right.stability()));
  }
}

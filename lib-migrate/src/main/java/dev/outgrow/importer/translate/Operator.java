package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLite's binary operators and how tightly they bind; all group from left to right. */
enum Operator {
  OR(1, "OR"),
  AND(2, "AND"),
  EQUAL(4, "=", "=="),
  UNEQUAL(4, "<>", "!="),
  IS(4),
  IS_NOT(4),
  LESS(5, "<"),
  AT_MOST(5, "<="),
  MORE(5, ">"),
  AT_LEAST(5, ">="),
  BIT_AND(7, "&"),
  BIT_OR(7, "|"),
  SHIFT_LEFT(7, "<<"),
  SHIFT_RIGHT(7, ">>"),
  ADD(8, "+"),
  SUBTRACT(8, "-"),
  MULTIPLY(9, "*"),
  DIVIDE(9, "/"),
  REMAINDER(9, "%"),
  CONCATENATE(10, "||"),
  JSON(10, "->"),
  JSON_VALUE(10, "->>");

  /** What follows {@code NOT} binds at least as tightly as this. */
  static final int NEGATION = 3;

  /** {@code =}, {@code IS}, {@code IN}, {@code LIKE}, {@code BETWEEN} and their like. */
  static final int EQUALITY = 4;

  static final int COLLATION = 11;

  private final int precedence;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nothing changes
  private final List<String> spellings;

  Operator(int precedence, String... spellings) {
    this.precedence = precedence;
    this.spellings = List.of(spellings);
  }

  int precedence() {
    return precedence;
  }

  /** Returns PostgreSQL's spelling where the operator has the same one there. */
  String symbol() {
    return spellings.get(0);
  }

  boolean compares() {
    return precedence == EQUALITY || precedence == EQUALITY + 1;
  }

  /** Returns the operator that this token is, or null. {@code IS} is not found this way. */
  static @Nullable Operator of(Token token) {
    for (Operator operator : values()) {
      for (String spelling : operator.spellings) {
        if (token.is(spelling)) {
          return operator;
        }
      }
    }
    return null;
  }
}

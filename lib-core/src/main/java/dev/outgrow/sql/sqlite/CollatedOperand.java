package dev.outgrow.sql.sqlite;

import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression that may be wrapped in brackets and collations, in any order: {@code ((a) COLLATE
 * x)}.
 *
 * @param tokens the expression without them
 * @param collation the outermost collation, or null
 * @param collations how many there are
 */
record CollatedOperand(List<Token> tokens, @Nullable String collation, int collations) {

  /** Takes off brackets and collations as long as they speak for the whole. */
  static CollatedOperand of(List<Token> whole) {
    int[] closings = closings(whole);
    int from = 0;
    int to = whole.size();
    String collation = null;
    int collations = 0;
    while (true) {
      int operandEnd = withoutCollations(whole, from, to);
      if (operandEnd < to && isOperand(whole, from, operandEnd, closings)) {
        collation = collation == null ? whole.get(to - 1).unquoted() : collation;
        collations += (to - operandEnd) / 2;
        to = operandEnd;
      } else if (to - from > 2 && whole.get(from).is("(") && closings[from] == to - 1) {
        from++;
        to--;
      } else {
        return new CollatedOperand(whole.subList(from, to), collation, collations);
      }
    }
  }

  private static int withoutCollations(List<Token> tokens, int from, int to) {
    int end = to;
    while (end - from >= 3 && tokens.get(end - 2).is("COLLATE")) {
      end -= 2;
    }
    return end;
  }

  /**
   * Returns whether it is one token, one pair of brackets, one call of a function or one CASE:
   * COLLATE binds tightest, so that only behind these it speaks for the whole.
   */
  private static boolean isOperand(List<Token> tokens, int from, int to, int[] closings) {
    Token first = tokens.get(from);
    if (to - from == 1 || closings[from] == to - 1) {
      return true;
    }
    boolean function =
        first.kind() == Kind.QUOTED_NAME
            || (first.kind() == Kind.WORD && Keywords.isName(first.text()));
    return function && closings[from + 1] == to - 1;
  }

  /** Returns, for each bracket and each CASE, where it is closed; 0 for all else. */
  private static int[] closings(List<Token> tokens) {
    int[] closings = new int[tokens.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < closings.length; i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("CASE")) {
        open.push(i);
      } else if (!open.isEmpty() && closes(token, tokens.get(open.element()))) {
        closings[open.pop()] = i;
      }
    }
    return closings;
  }

  /** The word END may be a name, too: outside CASE it is one. */
  private static boolean closes(Token token, Token opening) {
    return opening.is("(") ? token.is(")") : token.is("END");
  }

  /** Returns the column's name if the expression is nothing but a name, else null. */
  @Nullable String column() {
    if (tokens.size() != 1) {
      return null;
    }
    Token token = tokens.get(0);
    return switch (token.kind()) {
      case WORD ->
          Keywords.isName(token.text()) && !Keywords.isClock(token.text()) ? token.text() : null;
      case QUOTED_NAME -> token.unquoted();
      // Behind two collations SQLite no longer takes a text for a name.
      case STRING -> collations < 2 ? token.unquoted() : null;
      default -> null;
    };
  }
}

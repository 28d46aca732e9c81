package dev.outgrow.database.catalog;

/** The brackets PostgreSQL prints around whole expressions. */
final class Brackets {
  private Brackets() {}

  /**
   * Returns an expression without the brackets around all of it. The server quotes by doubling
   * alone, so that a quote always ends what a quote began.
   */
  static String withoutOuter(String expression) {
    String inner = expression;
    while (inner.startsWith("(") && closing(inner) == inner.length() - 1) {
      inner = inner.substring(1, inner.length() - 1);
    }
    return inner;
  }

  /** Returns where the bracket at the beginning is closed, or -1. */
  private static int closing(String expression) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}

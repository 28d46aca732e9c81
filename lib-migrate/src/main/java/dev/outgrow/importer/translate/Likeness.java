package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;

/**
 * {@code LIKE}, which in SQLite does not tell A to Z from a to z and has no escape character of its
 * own, and {@code GLOB}.
 */
final class Likeness {
  private Likeness() {}

  static Typed of(ExpressionTranslator translator, Expr.Like like) throws RefusedException {
    Typed text = translator.translate(like.text());
    Typed pattern = translator.translate(like.pattern());
    return switch (like.operator()) {
      case "LIKE" -> like(translator, like, text, pattern);
      case "GLOB" -> glob(like, text, pattern);
      default ->
          throw new RefusedException(
              like.operator() + ", which the application itself gives its meaning", like.at());
    };
  }

  private static Typed like(
      ExpressionTranslator translator, Expr.Like like, Typed text, Typed pattern)
      throws RefusedException {
    Expr escape = like.escape();
    String right;
    if (escape == null) {
      right = folded(Values.textOf(pattern, like.at())) + " ESCAPE ''";
    } else {
      right = escaped(pattern, translator.translate(escape), like.at());
    }
    String sql = "(" + folded(Values.textOf(text, like.at())) + " LIKE " + right + ")";
    return Typed.of(sql, Kind.TRUTH, text.stability().and(pattern.stability()));
  }

  private static String folded(Typed text) {
    return "lower(" + text.sql() + " COLLATE \"C\")";
  }

  private static String escaped(Typed pattern, Typed escape, int at) throws RefusedException {
    if (!(pattern.literal() instanceof Literal.Text text)
        || !(escape.literal() instanceof Literal.Text by)
        || by.value().codePointCount(0, by.value().length()) != 1) {
      throw new RefusedException("ESCAPE with a pattern that is not a plain text", at);
    }
    StringBuilder written = new StringBuilder();
    boolean taken = false;
    for (int c : text.value().codePoints().toArray()) {
      if (!taken && c == by.value().codePointAt(0)) {
        taken = true;
        continue;
      }
      boolean wild = c == '%' || c == '_';
      written.append(c == '\\' || (taken && wild) ? "\\" : "").appendCodePoint(c);
      taken = false;
    }
    if (taken) {
      throw new RefusedException("a pattern that ends with its escape character", at);
    }
    return Dialect.POSTGRESQL.literal(Identifier.folded(written.toString())) + " ESCAPE '\\'";
  }

  private static Typed glob(Expr.Like like, Typed text, Typed pattern) throws RefusedException {
    if (!(pattern.literal() instanceof Literal.Text plain) || like.escape() != null) {
      throw new RefusedException("GLOB with a pattern that is not a plain text", like.at());
    }
    String expression = Glob.toRegex(plain.value(), like.at());
    String sql =
        "("
            + Values.textOf(text, like.at()).sql()
            + " COLLATE \"C\" ~ "
            + Dialect.POSTGRESQL.literal(expression)
            + ")";
    return Typed.of(sql, Kind.TRUTH, text.stability());
  }
}

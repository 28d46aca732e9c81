package dev.outgrow.importer.translate;

/**
 * {@code substr}: the first character is 1, one that is negative counts from the end, and a
 * negative length takes what stands before.
 */
final class Substring {
  private Substring() {}

  static Typed of(Function.Use use) throws RefusedException {
    String text = use.text(0);
    String start = start(use, text);
    if (use.count() == 2) {
      return use.result("substr(" + text + ", " + start + "::int)", Kind.TEXT);
    }
    String length = use.integer(2);
    if (use.argument(2).literal() instanceof Literal.Whole whole && whole.value() >= 0) {
      return use.result("substr(" + text + ", " + start + "::int, " + length + "::int)", Kind.TEXT);
    }
    String from = "(CASE WHEN %2$s < 0 THEN %1$s + %2$s ELSE %1$s END)".formatted(start, length);
    return use.result(
        "substr(" + text + ", " + from + "::int, abs(" + length + ")::int)", Kind.TEXT);
  }

  private static String start(Function.Use use, String text) throws RefusedException {
    String start = use.integer(1);
    String fromEnd = "(char_length(" + text + ") + " + start + " + 1)";
    if (use.argument(1).literal() instanceof Literal.Whole whole) {
      return whole.value() < 0 ? fromEnd : start;
    }
    return "(CASE WHEN " + start + " < 0 THEN " + fromEnd + " ELSE " + start + " END)";
  }
}

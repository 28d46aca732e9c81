package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;

/** Letters as SQLite sees them: A to Z and a to z, and no others. */
final class Ascii {
  private Ascii() {}

  static String upper(String text) {
    StringBuilder upper = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        upper.setCharAt(i, (char) (c - ('a' - 'A')));
      }
    }
    return upper.toString();
  }

  static boolean same(String left, String right) {
    return Identifier.folded(left).equals(Identifier.folded(right));
  }
}

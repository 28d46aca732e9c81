package dev.outgrow.importer;

import dev.outgrow.schema.Identifier;
import java.util.regex.Pattern;

/**
 * A pattern of table names: {@code *} stands for any characters, {@code ?} for one; everything else
 * stands for itself. The letters A to Z are equal in either case, as they are in SQLite's names.
 */
record TableGlob(String text) {

  boolean matches(String table) {
    return pattern().matcher(Identifier.folded(table)).matches();
  }

  private Pattern pattern() {
    StringBuilder regex = new StringBuilder();
    Identifier.folded(text)
        .codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Returns how many letters have to change to make this text that name. */
  int distance(String table) {
    String from = Identifier.folded(text);
    String to = Identifier.folded(table);
    int[] costs = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      costs[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(replaced, Math.min(costs[j], costs[j - 1]) + 1);
      }
    }
    return costs[to.length()];
  }
}

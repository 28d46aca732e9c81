package dev.outgrow.importer.translate;

/** Turns a pattern of {@code GLOB} into one of PostgreSQL's regular expressions. */
final class Glob {
  private static final String SPECIAL = "\\.[]{}()*+?^$|";

  private final String pattern;
  private final int offset;
  private final StringBuilder regex = new StringBuilder("^");
  private int at;

  private Glob(String pattern, int offset) {
    this.pattern = pattern;
    this.offset = offset;
  }

  static String toRegex(String pattern, int offset) throws RefusedException {
    return new Glob(pattern, offset).regex();
  }

  private String regex() throws RefusedException {
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> set();
        default -> regex.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return regex.append('$').toString();
  }

  /** A set of letters, digits and ranges of them; others have meanings of their own inside. */
  private void set() throws RefusedException {
    int end = pattern.indexOf(']', at);
    String inside = end < 0 ? "" : pattern.substring(at, end);
    boolean negated = inside.startsWith("^");
    String set = negated ? inside.substring(1) : inside;
    if (!set.matches("([0-9A-Za-z]-[0-9A-Za-z]|[0-9A-Za-z_ .,:;/@#])+") || isBackwards(set)) {
      throw new RefusedException("this set of characters in a pattern of GLOB", offset);
    }
    regex.append(negated ? "[^" : "[").append(set).append(']');
    at = end + 1;
  }

  private static boolean isBackwards(String set) {
    for (int dash = set.indexOf('-'); dash >= 0; dash = set.indexOf('-', dash + 1)) {
      if (set.charAt(dash - 1) > set.charAt(dash + 1)) {
        return true;
      }
    }
    return false;
  }
}

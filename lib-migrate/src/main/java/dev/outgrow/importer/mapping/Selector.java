package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which columns or tables a rule is for. {@code *} stands for any characters and {@code ?} for one;
 * what stands in double quotes stands for itself. As in SQLite, A and a are one.
 *
 * @param kind what it selects by
 * @param parts table and column, or the one of them, or the declared type
 */
record Selector(Kind kind, List<Quoted.Piece> parts) {
  /** What a selector is about; what comes first is more particular. */
  enum Kind {
    /** Tables, by their names. */
    TABLE,
    /** Columns, by the names of table and column. */
    COLUMN,
    /** Columns, by their declared type. */
    TYPE
  }

  static final String ALLOWED =
      "table NAME, column TABLE.COLUMN or type DECLARED TYPE, with * and ? for any characters and"
          + " names with blanks or points in double quotes";

  Selector {
    parts = List.copyOf(parts);
  }

  static Selector parse(String text) {
    String[] words = text.strip().split("[ \\t]+", 2);
    Optional<Kind> kind = words.length == 2 ? kind(words[0]) : Optional.empty();
    boolean columns = kind.equals(Optional.of(Kind.COLUMN));
    Optional<List<Quoted.Piece>> parts =
        kind.flatMap(k -> Quoted.pieces(words[1], columns ? '.' : '\0'));
    return parts
        .filter(p -> p.size() == (columns ? 2 : 1))
        .filter(p -> p.stream().noneMatch(x -> x.text().isEmpty() && !x.quoted()))
        .map(p -> new Selector(kind.orElseThrow(), p))
        .orElseThrow(() -> new ConfigurationException("a rule", text, ALLOWED));
  }

  private static Optional<Kind> kind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Returns how particular it is: 0 names one, 1 is a pattern of names, 2 a declared type. */
  int rank() {
    return kind == Kind.TYPE ? 2 : isExact() ? 0 : 1;
  }

  private boolean isExact() {
    return parts.stream().noneMatch(Selector::isPattern);
  }

  private static boolean isPattern(Quoted.Piece part) {
    return !part.quoted() && (part.text().indexOf('*') >= 0 || part.text().indexOf('?') >= 0);
  }

  boolean selects(String table) {
    return kind == Kind.TABLE && matches(0, table);
  }

  boolean selects(String table, Column column) {
    return switch (kind) {
      case TABLE -> false;
      case COLUMN -> matches(0, table) && matches(1, column.name());
      case TYPE -> matches(0, column.type());
    };
  }

  private boolean matches(int part, String name) {
    Quoted.Piece piece = parts.get(part);
    String wanted = Identifier.folded(piece.text());
    String held = Identifier.folded(name);
    return isPattern(piece) ? glob(wanted, held) : wanted.equals(held);
  }

  /** Goes back to the last star only, which is enough: time is at most length by length. */
  private static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      boolean one = p < pattern.length() && pattern.charAt(p) != '*';
      if (one && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Returns it as it is written. */
  @Override
  public String toString() {
    List<String> written = parts.stream().map(Selector::write).toList();
    return kind.name().toLowerCase(Locale.ROOT) + " " + String.join(".", written);
  }

  private static String write(Quoted.Piece part) {
    return part.quoted() ? '"' + part.text().replace("\"", "\"\"") + '"' : part.text();
  }
}

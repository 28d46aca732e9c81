package dev.outgrow.importer.translate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SQLite's three collations, each by a key that is compared byte by byte. */
final class Collations {
  static final String BINARY = "BINARY";

  private static final List<String> KNOWN = List.of(BINARY, "NOCASE", "RTRIM");

  private Collations() {}

  /** Returns the collation by which SQLite compares these two. */
  static String of(Typed left, Typed right) {
    if (left.explicit()) {
      return orBinary(left.collation());
    }
    if (right.explicit()) {
      return orBinary(right.collation());
    }
    return orBinary(left.collation() != null ? left.collation() : right.collation());
  }

  static String orBinary(@Nullable String collation) {
    return collation == null ? BINARY : collation;
  }

  /** Returns the name of a known collation in capitals. */
  static String named(String name, int at) throws RefusedException {
    String known = Ascii.upper(name);
    if (!KNOWN.contains(known)) {
      throw new RefusedException("the collation " + name, at);
    }
    return known.toUpperCase(Locale.ROOT);
  }

  /** Returns what is to be compared in the place of a text. */
  static String key(String sql, String collation, int at) throws RefusedException {
    return switch (named(collation, at)) {
      case "NOCASE" -> "lower(" + sql + " COLLATE \"C\")";
      case "RTRIM" -> "(rtrim(" + sql + ") COLLATE \"C\")";
      default -> "(" + sql + " COLLATE \"C\")";
    };
  }
}

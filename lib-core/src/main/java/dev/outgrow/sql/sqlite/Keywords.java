package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Identifier;
import java.util.Set;

/** Which words SQLite takes for a name although they are keywords, and where. */
final class Keywords {
  /** Never a name without quotes. */
  private static final Set<String> RESERVED =
      Set.of(
          "add",
          "all",
          "alter",
          "and",
          "as",
          "autoincrement",
          "between",
          "case",
          "check",
          "collate",
          "commit",
          "constraint",
          "create",
          "default",
          "deferrable",
          "delete",
          "distinct",
          "drop",
          "else",
          "escape",
          "except",
          "exists",
          "foreign",
          "from",
          "group",
          "having",
          "in",
          "index",
          "insert",
          "intersect",
          "into",
          "is",
          "isnull",
          "join",
          "limit",
          "not",
          "nothing",
          "notnull",
          "null",
          "on",
          "or",
          "order",
          "primary",
          "references",
          "returning",
          "select",
          "set",
          "table",
          "then",
          "to",
          "transaction",
          "union",
          "unique",
          "update",
          "using",
          "values",
          "when",
          "where");

  /** Names of tables and columns, but neither words of a type nor bare defaults. */
  private static final Set<String> JOINS =
      Set.of("cross", "full", "inner", "left", "natural", "outer", "right");

  /** Values of their own in an expression. */
  private static final Set<String> CLOCKS =
      Set.of("current_date", "current_time", "current_timestamp");

  private Keywords() {}

  /** Returns whether the word can name a table, a column or a constraint. */
  static boolean isName(String word) {
    return !RESERVED.contains(Identifier.folded(word));
  }

  /** Returns whether the word is the time of the day or the day. */
  static boolean isClock(String word) {
    return CLOCKS.contains(Identifier.folded(word));
  }

  /** Returns whether the word can be part of a declared type, or a collation. */
  static boolean isTypeWord(String word) {
    return isBareDefault(word) && !Identifier.folded(word).equals("indexed");
  }

  /** Returns whether the word can be a default that stands for its own text. */
  static boolean isBareDefault(String word) {
    String folded = Identifier.folded(word);
    return !RESERVED.contains(folded) && !JOINS.contains(folded);
  }
}

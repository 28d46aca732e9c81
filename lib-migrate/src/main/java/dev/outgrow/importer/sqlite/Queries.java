package dev.outgrow.importer.sqlite;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions a survey asks SQLite apart from walking over the rows. */
final class Queries {
  private Queries() {}

  /**
   * Asks how many rows refer to nothing through a key, as SQLite sees it: it compares by the
   * collation of the column that is referred to. A null in any of its columns refers to nothing on
   * purpose. The plus takes the child's affinity away, so that the parent's rules, as it does where
   * SQLite checks the key.
   *
   * @param emptyIsNull the columns in which a text without any character is null as well, in small
   *     letters
   */
  static String orphans(Table table, ForeignKey key, Table parent, Set<String> emptyIsNull) {
    return orphans(table, key, parent, emptyIsNull, false);
  }

  /**
   * Asks how many rows refer to nothing through a key where only what is equal byte for byte
   * counts, as it does in PostgreSQL. The comparison by the collation is kept beside it, because
   * the key's index is in its order.
   */
  static String exactOrphans(Table table, ForeignKey key, Table parent, Set<String> emptyIsNull) {
    return orphans(table, key, parent, emptyIsNull, true);
  }

  private static String orphans(
      Table table, ForeignKey key, Table parent, Set<String> emptyIsNull, boolean exactly) {
    List<String> present = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      String column = "c." + quote(key.columns().get(i));
      present.add(column + " IS NOT NULL");
      if (emptyIsNull.contains(Identifier.folded(key.columns().get(i)))) {
        present.add(column + " COLLATE BINARY <> ''");
      }
      String referenced = "p." + quote(key.referencedColumns().get(i));
      String collation = collation(parent, key.referencedColumns().get(i));
      if (collation == null || isKnown(collation)) {
        equal.add(referenced + " = +" + column);
      }
      if (collation != null && (exactly || !isKnown(collation))) {
        equal.add(referenced + " COLLATE BINARY = +" + column);
      }
    }
    return "SELECT count(*) FROM "
        + quote(table.name())
        + " AS c WHERE "
        + String.join(" AND ", present)
        + " AND NOT EXISTS (SELECT 1 FROM "
        + quote(key.referencedTable())
        + " AS p WHERE "
        + String.join(" AND ", equal)
        + ")";
  }

  /** Returns whether a key compares by a collation anywhere. */
  static boolean isCollated(ForeignKey key, Table parent) {
    return key.referencedColumns().stream().anyMatch(c -> collation(parent, c) != null);
  }

  /** Returns whether a key compares by a collation that only its application knows. */
  static boolean isUnknown(ForeignKey key, Table parent) {
    return key.referencedColumns().stream()
        .map(c -> collation(parent, c))
        .anyMatch(c -> c != null && !isKnown(c));
  }

  private static boolean isKnown(String collation) {
    return UnknownCollations.isOwn(collation);
  }

  private static @Nullable String collation(Table table, String column) {
    return table.columns().stream()
        .filter(c -> Identifier.folded(c.name()).equals(Identifier.folded(column)))
        .map(Column::collation)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Asks for the bytes of text and blobs in the largest row. */
  static String largestRow(Table table) {
    List<String> lengths = table.columns().stream().map(c -> length(quote(c.name()))).toList();
    return "SELECT ifnull(max(" + joined(lengths, " + ") + "), 0) FROM " + quote(table.name());
  }

  /** Returns the bytes of text and blobs in a row of a table that goes by this name. */
  static String size(Table table, String alias) {
    return joined(
        table.columns().stream().map(c -> length(alias + "." + quote(c.name()))).toList(), " + ");
  }

  /** Asks how many rows of a table are larger than this many bytes. SQLite need not read them. */
  static String countLarger(Table table, long bytes) {
    return "SELECT count(*) FROM "
        + quote(table.name())
        + " AS c NOT INDEXED WHERE "
        + size(table, "c")
        + " > "
        + bytes;
  }

  private static String length(String column) {
    return "CASE WHEN typeof("
        + column
        + ") IN ('text', 'blob') THEN octet_length("
        + column
        + ") ELSE 0 END";
  }

  /**
   * Joins terms as a balanced tree: SQLite allows an expression a depth of 1,000 only, and a table
   * 2,000 columns.
   */
  static String joined(List<String> terms, String operator) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    int middle = terms.size() / 2;
    return "("
        + joined(terms.subList(0, middle), operator)
        + operator
        + joined(terms.subList(middle, terms.size()), operator)
        + ")";
  }

  /** Asks the table itself for its rows, and not an index, which may be damaged. */
  static String count(Table table) {
    return "SELECT count(*) FROM " + quote(table.name()) + " NOT INDEXED";
  }

  static String lastSequence(Table table) {
    return "SELECT max(seq) FROM sqlite_sequence WHERE name = "
        + Dialect.SQLITE.literal(Identifier.folded(table.name()))
        + " COLLATE NOCASE";
  }

  private static String quote(String name) {
    return Dialect.SQLITE.quote(name);
  }
}

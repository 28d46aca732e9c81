package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many rows of a table refer to nothing, for each of its foreign keys.
 *
 * @param orphans rows that refer to nothing for SQLite, too
 * @param spelledOtherwise rows that refer to something by a collation alone
 */
record KeyCounts(List<Long> orphans, List<Long> spelledOtherwise) {

  /** Answers a question whose answer is one number. */
  @FunctionalInterface
  interface Numbers {
    long ask(String sql) throws SQLException;
  }

  /**
   * Counts.
   *
   * @param table the table
   * @param byFoldedName all tables, which its keys may refer to
   * @param traits what is looked for in its columns
   * @param numbers answers what is asked
   */
  static KeyCounts of(
      Table table, Map<String, SqliteTable> byFoldedName, List<Set<Trait>> traits, Numbers numbers)
      throws SQLException {
    Set<String> emptyIsNull = emptyIsNull(table, traits);
    List<Long> orphans = new ArrayList<>();
    List<Long> spelledOtherwise = new ArrayList<>();
    for (ForeignKey key : table.foreignKeys()) {
      SqliteTable known = byFoldedName.get(Identifier.folded(key.referencedTable()));
      long exact = 0;
      long none = 0;
      if (known != null && isUsable(key, known.table())) {
        Table parent = known.table();
        exact = numbers.ask(Queries.exactOrphans(table, key, parent, emptyIsNull));
        none = exact > 0 ? orphans(table, key, parent, exact, emptyIsNull, numbers) : 0;
      }
      orphans.add(none);
      spelledOtherwise.add(exact - none);
    }
    return new KeyCounts(orphans, spelledOtherwise);
  }

  private static Set<String> emptyIsNull(Table table, List<Set<Trait>> traits) {
    Set<String> columns = new HashSet<>();
    for (int i = 0; i < traits.size(); i++) {
      if (traits.get(i).contains(Trait.EMPTY_IS_NULL)) {
        columns.add(Identifier.folded(table.columns().get(i).name()));
      }
    }
    return columns;
  }

  /**
   * Returns how many rows refer to nothing for SQLite, too. By a collation that is not known any of
   * them may refer to something, and none is said not to.
   */
  private static long orphans(
      Table table,
      ForeignKey key,
      Table parent,
      long exact,
      Set<String> emptyIsNull,
      Numbers numbers)
      throws SQLException {
    if (Queries.isUnknown(key, parent)) {
      return 0;
    }
    return Queries.isCollated(key, parent)
        ? numbers.ask(Queries.orphans(table, key, parent, emptyIsNull))
        : exact;
  }

  /**
   * A key without a unique counterpart is not carried, and counting its orphans would compare all
   * with all.
   */
  private static boolean isUsable(ForeignKey key, Table parent) {
    return key.columns().size() == key.referencedColumns().size()
        && isUnique(parent, key.referencedColumns());
  }

  private static boolean isUnique(Table table, List<String> columns) {
    List<String> wanted = folded(columns);
    return (table.primaryKey() != null && folded(table.primaryKey().columns()).equals(wanted))
        || table.uniqueKeys().stream().anyMatch(k -> folded(k.columns()).equals(wanted))
        || table.indexes().stream()
            .anyMatch(i -> i.unique() && i.predicate() == null && columnsOf(i).equals(wanted));
  }

  private static List<String> columnsOf(Index index) {
    return folded(index.parts().stream().map(p -> p.column() == null ? "" : p.column()).toList());
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(Identifier::folded).sorted().toList();
  }
}

package dev.outgrow.importer.existing;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the key by which rows of a file are told to be rows that a table holds. */
final class AppendKey {
  private AppendKey() {}

  /**
   * Returns the primary key, else the first unique key that no row can be without; nothing where
   * the file does not have all of its columns.
   *
   * @param carried the columns that the file's rows have values for
   */
  static Optional<PrimaryKey> find(ExistingTable existing, Collection<String> carried) {
    return uniques(existing).stream()
        .filter(k -> carried.containsAll(k.columns()))
        .filter(k -> k.columns().stream().allMatch(c -> tells(existing, c)))
        .findFirst();
  }

  /** Returns all that lets no two rows be equal, in whole columns, the primary key first. */
  static List<PrimaryKey> uniques(ExistingTable existing) {
    Table table = existing.table();
    List<PrimaryKey> keys = new ArrayList<>();
    PrimaryKey primary = table.primaryKey();
    if (primary != null) {
      keys.add(primary);
    }
    for (UniqueKey key : table.uniqueKeys()) {
      keys.add(new PrimaryKey(key.name(), key.columns()));
    }
    table.indexes().stream()
        .filter(i -> isKey(i, table))
        .forEach(
            i ->
                keys.add(
                    new PrimaryKey(
                        i.name(),
                        i.parts().stream().map(p -> Objects.requireNonNull(p.column())).toList())));
    return keys;
  }

  /** An index may compare in a way that is not the column's. */
  private static boolean isKey(Index index, Table table) {
    return index.unique()
        && index.predicate() == null
        && index.parts().stream().allMatch(p -> isPlain(p, table));
  }

  private static boolean isPlain(Index.Part part, Table table) {
    String name = part.column();
    return name != null
        && part.operatorClass() == null
        && (part.collation() == null
            || table
                .column(name)
                .filter(c -> Objects.equals(c.collation(), part.collation()))
                .isPresent());
  }

  private static boolean tells(ExistingTable existing, String column) {
    boolean primary =
        existing.table().primaryKey() != null
            && existing.table().primaryKey().columns().contains(column);
    return !existing.hasOwnEquality(column)
        && (primary
            || existing.table().column(column).map(Column::nullable).filter(n -> !n).isPresent());
  }
}

package dev.outgrow.importer.mapping;

import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import java.util.List;

/**
 * What a table does with one of its columns.
 *
 * @param compared whether a key or an index is on it
 * @param unique whether a key must tell its values apart
 */
record ColumnUse(boolean compared, boolean unique) {
  static final ColumnUse NONE = new ColumnUse(false, false);

  static ColumnUse of(Table table, String column) {
    boolean unique =
        (table.primaryKey() != null && names(table.primaryKey().columns(), column))
            || table.uniqueKeys().stream().map(UniqueKey::columns).anyMatch(c -> names(c, column))
            || table.indexes().stream().anyMatch(i -> i.unique() && names(i, column));
    boolean compared =
        unique
            || table.indexes().stream().anyMatch(i -> names(i, column))
            || table.foreignKeys().stream()
                .map(ForeignKey::columns)
                .anyMatch(c -> names(c, column));
    return new ColumnUse(compared, unique);
  }

  private static boolean names(Index index, String column) {
    return index.parts().stream()
        .anyMatch(p -> p.column() != null && names(List.of(p.column()), column));
  }

  private static boolean names(List<String> columns, String column) {
    return columns.stream().anyMatch(c -> Identifier.folded(c).equals(Identifier.folded(column)));
  }
}

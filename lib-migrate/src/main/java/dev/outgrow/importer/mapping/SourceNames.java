package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the tables and columns that the source's own definitions speak of, whatever case they use.
 */
final class SourceNames {
  private final List<SourceTable> tables;
  private final Map<String, SourceTable> byName = new LinkedHashMap<>();

  SourceNames(List<SourceTable> tables) {
    this.tables = List.copyOf(tables);
    tables.forEach(t -> byName.put(Identifier.folded(t.name()), t));
  }

  List<SourceTable> tables() {
    return tables;
  }

  Optional<SourceTable> table(String name) {
    return Optional.ofNullable(byName.get(Identifier.folded(name)));
  }

  /** Returns a column's position, or -1. */
  static int position(SourceTable table, String column) {
    List<Column> columns = table.table().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (Identifier.folded(columns.get(i).name()).equals(Identifier.folded(column))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns what a foreign key refers to, or nothing where a table or column of it does not exist.
   */
  Optional<Target> resolve(SourceTable table, ForeignKey key) {
    SourceTable parent = table(key.referencedTable()).orElse(null);
    if (parent == null || key.columns().size() != key.referencedColumns().size()) {
      return Optional.empty();
    }
    List<Integer> referring = positions(table, key.columns());
    List<Integer> columns = positions(parent, key.referencedColumns());
    return referring.contains(-1) || columns.contains(-1)
        ? Optional.empty()
        : Optional.of(new Target(parent, referring, columns));
  }

  static List<Integer> positions(SourceTable table, List<String> columns) {
    List<Integer> positions = new ArrayList<>();
    columns.forEach(c -> positions.add(position(table, c)));
    return positions;
  }

  /** The two ends of a foreign key, as positions of columns. */
  record Target(SourceTable table, List<Integer> referring, List<Integer> columns) {}
}

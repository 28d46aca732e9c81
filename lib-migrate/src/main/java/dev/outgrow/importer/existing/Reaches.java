package dev.outgrow.importer.existing;

import dev.outgrow.importer.existing.Readings.Reach;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Finds which columns of a file refer to which: by the foreign keys of the tables that are there,
 * and by the file's own.
 */
final class Reaches {
  private final ExistingSchema schema;
  private final List<Table> tables;
  private final Map<String, ExistingTable> there = new HashMap<>();
  private final Map<Identifier, List<Table>> goingInto = new HashMap<>();
  private final BiFunction<Table, Column, String> names;
  private final List<Reach> found = new ArrayList<>();

  /**
   * Prepares a search.
   *
   * @param schema the tables that are there
   * @param tables the file's
   * @param there the table that is there for one of the file's
   * @param names the name by which a column of the file is looked for there
   */
  Reaches(
      ExistingSchema schema,
      List<Table> tables,
      Function<Table, Optional<ExistingTable>> there,
      BiFunction<Table, Column, String> names) {
    this.schema = schema;
    this.tables = tables;
    this.names = names;
    tables.forEach(t -> there.apply(t).ifPresent(e -> add(t, e)));
  }

  private void add(Table table, ExistingTable existing) {
    there.put(table.name(), existing);
    goingInto.computeIfAbsent(schema.in(existing.name()), n -> new ArrayList<>()).add(table);
  }

  List<Reach> find() {
    schema.keys().forEach(this::add);
    tables.forEach(t -> t.foreignKeys().forEach(k -> add(t, k)));
    return found;
  }

  private void add(ExistingKey key) {
    for (Table table : goingInto.getOrDefault(key.table(), List.of())) {
      for (Table parent : goingInto.getOrDefault(key.referenced(), List.of())) {
        for (int i = 0; i < key.columns().size(); i++) {
          add(
              table,
              column(table, key.columns().get(i)),
              parent,
              column(parent, key.referencedColumns().get(i)));
        }
      }
    }
  }

  private void add(Table table, ForeignKey key) {
    String referenced = Identifier.folded(key.referencedTable());
    int columns = Math.min(key.columns().size(), key.referencedColumns().size());
    for (Table parent : tables) {
      if (Identifier.folded(parent.name()).equals(referenced)) {
        for (int i = 0; i < columns; i++) {
          add(
              table,
              declared(table, key.columns().get(i)),
              parent,
              declared(parent, key.referencedColumns().get(i)));
        }
      }
    }
  }

  private void add(Table table, Optional<Column> column, Table parent, Optional<Column> key) {
    if (column.isPresent() && key.isPresent()) {
      there(table, column.get())
          .ifPresent(c -> found.add(new Reach(table, column.get(), c, parent, key.get())));
    }
  }

  private Optional<Column> column(Table table, String target) {
    return table.columns().stream()
        .filter(c -> there(table, c).filter(e -> e.name().equals(target)).isPresent())
        .findFirst();
  }

  private Optional<ExistingColumn> there(Table table, Column column) {
    return Optional.ofNullable(there.get(table.name()))
        .flatMap(t -> existing(t, names.apply(table, column)));
  }

  private static Optional<Column> declared(Table table, String name) {
    return table.columns().stream()
        .filter(c -> Identifier.folded(c.name()).equals(Identifier.folded(name)))
        .findFirst();
  }

  static Optional<ExistingColumn> existing(ExistingTable table, String name) {
    Match match = Match.of(name, table.columns().stream().map(ExistingColumn::name).toList());
    return match.missing() || match.ambiguous()
        ? Optional.empty()
        : table.columns().stream().filter(c -> c.name().equals(match.name())).findFirst();
  }
}

package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.ForeignKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of all columns. A column that refers to a key gets the key's type where its values fit
 * it, because PostgreSQL compares keys of one type only.
 */
final class TypeMap {
  private final SourceNames source;
  private final Map<String, List<TypeChoice>> choices = new HashMap<>();

  private TypeMap(SourceNames source) {
    this.source = source;
  }

  static TypeMap of(SourceNames source) {
    TypeMap map = new TypeMap(source);
    source.tables().forEach(t -> map.choices.put(t.name(), choose(t)));
    map.followKeys();
    return map;
  }

  TypeChoice choice(SourceTable table, int column) {
    return columns(table).get(column);
  }

  /** Returns whether two columns have one type. */
  boolean same(SourceTable table, int column, SourceTable other, int otherColumn) {
    return choice(table, column).type() == choice(other, otherColumn).type();
  }

  private static List<TypeChoice> choose(SourceTable table) {
    List<TypeChoice> chosen = new ArrayList<>();
    for (int i = 0; i < table.table().columns().size(); i++) {
      chosen.add(TypeChoice.of(table.table().columns().get(i).type(), table.profiles().get(i)));
    }
    return chosen;
  }

  /**
   * A key may itself refer to another, so this goes on until nothing changes; each round settles at
   * least one.
   */
  private void followKeys() {
    boolean changed = true;
    for (int round = 0; changed && round <= columnCount(); round++) {
      changed = false;
      for (SourceTable table : source.tables()) {
        for (ForeignKey key : table.table().foreignKeys()) {
          changed |= follow(table, key);
        }
      }
    }
  }

  private boolean follow(SourceTable table, ForeignKey key) {
    SourceNames.Target target = source.resolve(table, key).orElse(null);
    if (target == null) {
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < target.columns().size(); i++) {
      int column = target.referring().get(i);
      TypeChoice wanted = choice(target.table(), target.columns().get(i));
      TypeChoice current = choice(table, column);
      if (current.type() != wanted.type() && wanted.type().fits(table.profiles().get(column))) {
        columns(table)
            .set(column, new TypeChoice(wanted.type(), "refers to a column of this type", false));
        changed = true;
      }
    }
    return changed;
  }

  private List<TypeChoice> columns(SourceTable table) {
    List<TypeChoice> columns = choices.get(table.name());
    if (columns == null) {
      throw new IllegalArgumentException("No table " + table.name());
    }
    return columns;
  }

  private int columnCount() {
    return choices.values().stream().mapToInt(List::size).sum();
  }
}

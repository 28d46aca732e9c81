package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of all columns. A column that refers to a key gets the key's type where its values fit
 * it, because PostgreSQL compares keys of one type only. Where they do not, and the key's type is
 * narrower than its affinity, the key gives way.
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

  /** Returns whether PostgreSQL can compare two columns as a foreign key does. */
  boolean comparable(SourceTable table, int column, SourceTable other, int otherColumn) {
    return choice(table, column).type().comparesWith(choice(other, otherColumn).type());
  }

  private static List<TypeChoice> choose(SourceTable table) {
    List<TypeChoice> chosen = new ArrayList<>();
    for (int i = 0; i < table.table().columns().size(); i++) {
      chosen.add(TypeChoice.of(facts(table, i)));
    }
    return chosen;
  }

  private static TypeRule.Facts facts(SourceTable table, int position) {
    Column column = table.table().columns().get(position);
    return new TypeRule.Facts(
        column.type(), table.profiles().get(position), ColumnUse.of(table.table(), column.name()));
  }

  /**
   * A key may itself refer to another, so this goes on until nothing changes; each round settles at
   * least one. A key that gave way does so once and for all.
   */
  private void followKeys() {
    boolean changed = true;
    for (int round = 0; changed && round <= 2 * columnCount(); round++) {
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
      changed |= follow(table, target.referring().get(i), target.table(), target.columns().get(i));
    }
    return changed;
  }

  private boolean follow(SourceTable table, int column, SourceTable keyTable, int keyColumn) {
    TypeChoice key = choice(keyTable, keyColumn);
    TypeChoice current = choice(table, column);
    if (current.type().equals(key.type())) {
      return false;
    }
    boolean mayFollow =
        (key.widened() || !current.widened())
            && table.table().columns().get(column).identity() == Identity.NONE;
    if (mayFollow && facts(table, column).admit(key.type())) {
      columns(table).set(column, TypeChoice.following(key, facts(table, column)));
      return true;
    }
    TypeChoice wider = TypeChoice.widened(facts(keyTable, keyColumn));
    boolean helps = facts(table, column).admit(wider.type());
    if (key.widened() || wider.type().equals(key.type()) || !helps) {
      return false;
    }
    columns(keyTable).set(keyColumn, wider);
    return true;
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

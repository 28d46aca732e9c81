package dev.outgrow.schema;

import dev.outgrow.schema.DependencyOrder.MissingReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which table refers to which, by their places in a list. */
final class References {
  /** Stands for several tables whose names differ in case alone: which is meant cannot be told. */
  private static final int AMBIGUOUS = -1;

  private final List<Table> tables;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, Integer> byFoldedName = new HashMap<>();
  private final List<Set<Integer>> targets = new ArrayList<>();

  References(List<Table> tables) {
    this.tables = tables;
    for (int i = 0; i < tables.size(); i++) {
      String name = tables.get(i).name();
      byName.putIfAbsent(name, i);
      byFoldedName.merge(Identifier.folded(name), i, (first, second) -> AMBIGUOUS);
    }
    for (Table table : tables) {
      Set<Integer> found = new LinkedHashSet<>();
      for (ForeignKey key : table.foreignKeys()) {
        Integer target = place(key.referencedTable());
        if (target != null) {
          found.add(target);
        }
      }
      targets.add(found);
    }
  }

  /** Returns, for each table, the places of those it refers to; its own may be among them. */
  List<Set<Integer>> targets() {
    return targets;
  }

  /** Returns the references of this table that lead nowhere. */
  List<MissingReference> missing(int table) {
    return tables.get(table).foreignKeys().stream()
        .filter(key -> place(key.referencedTable()) == null)
        .map(key -> new MissingReference(tables.get(table).name(), key))
        .toList();
  }

  private @Nullable Integer place(String name) {
    Integer exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    Integer folded = byFoldedName.get(Identifier.folded(name));
    return folded == null || folded == AMBIGUOUS ? null : folded;
  }
}

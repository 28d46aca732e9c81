package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be looked for in each column, so that it can be decided what the column becomes: the
 * traits that its declared type asks for, and those of the columns it refers to, because it is to
 * have their type. Most columns have none.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Examination {
  private final Map<String, Table> tables = new HashMap<>();

  private final Rules rules;

  private Examination(List<Table> tables, Rules rules) {
    this.rules = rules;
    tables.forEach(t -> this.tables.put(Identifier.folded(t.name()), t));
  }

  /** Makes an examination of tables that may refer to each other. */
  public static Examination of(List<Table> tables) {
    return of(tables, Rules.NONE);
  }

  /** Makes an examination of tables of which rules say something. */
  public static Examination of(List<Table> tables, Rules rules) {
    return new Examination(tables, rules);
  }

  /** Returns the traits to look for in each column of a table. */
  public List<Set<Trait>> traits(Table table) {
    List<Set<Trait>> traits = new ArrayList<>();
    for (Column column : table.columns()) {
      Set<Trait> wanted = new LinkedHashSet<>();
      if (isEmptyNull(table, column)) {
        wanted.add(Trait.EMPTY_IS_NULL);
      }
      collect(table, column.name(), new HashSet<>(), wanted);
      traits.add(wanted);
    }
    return traits;
  }

  private boolean isEmptyNull(Table table, Column column) {
    return rules
        .forColumn(table.name(), column)
        .filter(e -> e.rule().reading().emptyIsNull())
        .isPresent();
  }

  private void collect(Table table, String column, Set<String> seen, Set<Trait> into) {
    String folded = Identifier.folded(column);
    if (!seen.add(Identifier.folded(table.name()) + "\0" + folded)) {
      return;
    }
    table.columns().stream()
        .filter(c -> Identifier.folded(c.name()).equals(folded))
        .forEach(c -> own(table, c, into));
    for (ForeignKey key : table.foreignKeys()) {
      Table parent = tables.get(Identifier.folded(key.referencedTable()));
      for (int i = 0; i < key.columns().size(); i++) {
        if (parent != null
            && i < key.referencedColumns().size()
            && Identifier.folded(key.columns().get(i)).equals(folded)) {
          collect(parent, key.referencedColumns().get(i), seen, into);
        }
      }
    }
  }

  private static void own(Table table, Column column, Set<Trait> into) {
    List<TargetType> candidates = WellKnown.candidates(column.type());
    for (TargetType candidate : candidates) {
      Trait trait = candidate.trait();
      if (trait != null) {
        into.add(trait);
      }
    }
    if (candidates.contains(TargetType.TIMESTAMP) && ColumnUse.of(table, column.name()).unique()) {
      into.add(Trait.ONE_SPELLING);
    }
  }
}

package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules leave of a source. What stands on nothing but what they leave out is left out with it;
 * a key or an index that also stands on something else is not carried, and that is said.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables the tables that are carried, with the columns that are
 * @param leftOut what is left out because a rule says so
 * @param notCarried what cannot be carried without it
 * @since 0.1
 */
public record Kept(List<SourceTable> tables, List<LeftOut> leftOut, List<NotCarried> notCarried) {

  /** Copies the lists. */
  public Kept {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
    notCarried = List.copyOf(notCarried);
  }

  /**
   * Applies rules.
   *
   * @param all all tables there are, also those that were not looked at because they are left out
   * @param looked the tables that were looked at
   * @param rules the rules
   * @throws ConfigurationException if they leave a table without any column
   */
  public static Kept of(List<Table> all, List<SourceTable> looked, Rules rules) {
    return new Builder(all, rules).build(looked);
  }

  /** Goes from table to table. */
  private static final class Builder {
    private final Rules rules;
    private final Map<String, Set<String>> columnsGone = new HashMap<>();
    private final Set<String> tablesGone = new HashSet<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<NotCarried> notCarried = new ArrayList<>();

    Builder(List<Table> all, Rules rules) {
      this.rules = rules;
      for (Table table : all) {
        rules.forTable(table.name()).filter(e -> e.rule().skips()).ifPresent(e -> gone(table, e));
        Set<String> columns = new HashSet<>();
        for (Column column : table.columns()) {
          rules
              .forColumn(table.name(), column)
              .filter(e -> e.rule().skips())
              .ifPresent(e -> columns.add(Identifier.folded(column.name())));
        }
        columnsGone.put(Identifier.folded(table.name()), columns);
      }
    }

    private void gone(Table table, Rules.Entry entry) {
      tablesGone.add(Identifier.folded(table.name()));
      leftOut.add(new LeftOut("table", table.name(), "by rule " + entry.name()));
    }

    Kept build(List<SourceTable> looked) {
      List<SourceTable> kept = new ArrayList<>();
      for (SourceTable table : looked) {
        if (!tablesGone.contains(Identifier.folded(table.name()))) {
          kept.add(table(table));
        }
      }
      return new Kept(kept, leftOut, notCarried);
    }

    private SourceTable table(SourceTable source) {
      Table table = source.table();
      List<Integer> kept = columns(table);
      List<ForeignKey> keys = new ArrayList<>();
      List<Long> orphans = new ArrayList<>();
      List<Long> spelledOtherwise = new ArrayList<>();
      for (int i = 0; i < table.foreignKeys().size(); i++) {
        if (refers(table, table.foreignKeys().get(i))) {
          keys.add(table.foreignKeys().get(i));
          orphans.add(source.orphans().get(i));
          spelledOtherwise.add(source.spelledOtherwise().get(i));
        }
      }
      Table left =
          new Table(
              table.name(),
              kept.stream().map(table.columns()::get).toList(),
              primaryKey(table),
              table.uniqueKeys().stream()
                  .filter(k -> keeps(table, k.columns(), Kind.UNIQUE_KEY, name(table, k.columns())))
                  .toList(),
              keys,
              table.checks(),
              table.indexes().stream()
                  .filter(i -> keeps(table, columnsOf(i), Kind.INDEX, i.name()))
                  .toList());
      return new SourceTable(
          left,
          source.rows(),
          kept.stream().map(source.profiles()::get).toList(),
          source.lastId(),
          orphans,
          spelledOtherwise,
          source.oversized());
    }

    private List<Integer> columns(Table table) {
      List<Integer> kept = new ArrayList<>();
      for (int i = 0; i < table.columns().size(); i++) {
        Column column = table.columns().get(i);
        if (isGone(table.name(), column.name())) {
          String why = rules.forColumn(table.name(), column).map(Rules.Entry::name).orElse("");
          leftOut.add(new LeftOut("column", table.name() + "." + column.name(), "by rule " + why));
        } else {
          kept.add(i);
        }
      }
      if (kept.isEmpty()) {
        throw new ConfigurationException(
            "skip", "every column of " + table.name(), "skip for the table itself");
      }
      return kept;
    }

    private @Nullable PrimaryKey primaryKey(Table table) {
      PrimaryKey key = table.primaryKey();
      return key == null || keeps(table, key.columns(), Kind.PRIMARY_KEY, table.name())
          ? key
          : null;
    }

    private boolean refers(Table table, ForeignKey key) {
      String name = name(table, key.columns()) + " -> " + key.referencedTable();
      if (tablesGone.contains(Identifier.folded(key.referencedTable()))) {
        leftOut.add(
            new LeftOut(
                Kind.FOREIGN_KEY.word(), name, "the table it refers to is left out by a rule"));
        return false;
      }
      Set<String> gone =
          columnsGone.getOrDefault(Identifier.folded(key.referencedTable()), Set.of());
      if (key.referencedColumns().stream().anyMatch(c -> gone.contains(Identifier.folded(c)))) {
        String why = "A column it refers to is left out by a rule";
        notCarried.add(new NotCarried(Kind.FOREIGN_KEY, name, why));
        return false;
      }
      return keeps(table, key.columns(), Kind.FOREIGN_KEY, name);
    }

    /** Returns whether all columns are kept, and says it if they are not. */
    private boolean keeps(Table table, List<String> columns, Kind kind, String name) {
      List<String> gone = columns.stream().filter(c -> isGone(table.name(), c)).toList();
      if (gone.isEmpty()) {
        return true;
      }
      String why = "its column " + String.join(", ", gone) + " is left out by a rule";
      if (gone.size() == columns.size()) {
        leftOut.add(new LeftOut(kind.word(), name, why));
      } else {
        notCarried.add(new NotCarried(kind, name, "On table " + table.name() + ": " + why));
      }
      return false;
    }

    private boolean isGone(String table, String column) {
      return columnsGone
          .getOrDefault(Identifier.folded(table), Set.of())
          .contains(Identifier.folded(column));
    }

    private static String name(Table table, List<String> columns) {
      return table.name() + "(" + String.join(", ", columns) + ")";
    }

    private static List<String> columnsOf(Index index) {
      return index.parts().stream().map(Index.Part::column).filter(Objects::nonNull).toList();
    }
  }
}

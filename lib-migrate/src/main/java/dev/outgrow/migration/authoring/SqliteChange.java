package dev.outgrow.migration.authoring;

import dev.outgrow.migration.authoring.ChangeDraft.Phase;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.ColumnDefinition;
import dev.outgrow.sql.sqlite.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the change of a schema of SQLite, with the statements as SQLite keeps them. */
final class SqliteChange {
  private static final Dialect SQL = Dialect.SQLITE;

  private final SchemaState now;
  private final SchemaState wanted;
  private final ChangeDraft draft = new ChangeDraft();
  private final Named<Table> tables;

  /** The names, folded, of tables that go for good or for a moment. */
  private final Set<String> gone = new HashSet<>();

  SqliteChange(SchemaState now, SchemaState wanted) {
    this.now = now;
    this.wanted = wanted;
    this.tables =
        Named.of(
            now.schema().tables(),
            wanted.schema().tables(),
            table -> Identifier.folded(table.name()),
            (one, other) ->
                SqliteTables.same(now.tables().get(one.name()), wanted.tables().get(other.name())));
  }

  SchemaChange write() {
    tables.gone().forEach(this::drop);
    tables.added().forEach(table -> create(table, definition(table)));
    tables.changed().forEach(this::change);
    tables.same().forEach(this::indexes);
    viewsAndTriggers();
    others();
    return draft.finished();
  }

  private String definition(Table table) {
    return wanted.tables().getOrDefault(table.name(), "");
  }

  private void drop(Table table) {
    gone.add(Identifier.folded(table.name()));
    draft.add(
        Phase.DROP_TABLE,
        "DROP TABLE " + SQL.quote(table.name()),
        "deletes the table " + table.name() + " with its rows.");
  }

  private void create(Table table, String sql) {
    draft.add(Phase.CREATE_TABLE, sql);
    table.indexes().forEach(index -> draft.add(Phase.INDEX, SqliteTables.index(table, index)));
  }

  private void change(Named.Pair<Table> pair) {
    String before = now.tables().get(pair.now().name());
    List<ColumnDefinition> added = SqliteTables.addable(before, definition(pair.wanted()));
    if (added.isEmpty()) {
      rebuild(pair.now(), pair.wanted());
      return;
    }
    for (ColumnDefinition column : added) {
      draft.add(
          Phase.CHANGE_COLUMN,
          "ALTER TABLE "
              + SQL.quote(pair.now().name())
              + " ADD COLUMN "
              + SqliteTables.column(column));
    }
    indexes(pair);
  }

  private void indexes(Named.Pair<Table> pair) {
    Named<Index> indexes =
        Named.of(pair.now().indexes(), pair.wanted().indexes(), Index::name, Index::equals);
    indexes.removed().forEach(this::dropIndex);
    indexes
        .made()
        .forEach(index -> draft.add(Phase.INDEX, SqliteTables.index(pair.wanted(), index)));
  }

  private void dropIndex(Index index) {
    draft.add(Phase.DROP_INDEX, "DROP INDEX " + SQL.quote(index.name()));
  }

  /** The way that SQLite's own documentation gives: beside the old one, then in its place. */
  private void rebuild(Table old, Table table) {
    String beside = free(table.name() + "__new");
    Optional<String> create = SqliteTables.renamed(definition(table), beside);
    if (create.isEmpty()) {
      draft.notWritten("The table " + table.name() + " differs, and its definition is unreadable.");
      return;
    }
    gone.add(Identifier.folded(table.name()));
    old.indexes().forEach(this::dropIndex);
    draft.add(Phase.CHANGE_COLUMN, create.get());
    takeOver(old, table, beside);
    draft.add(Phase.CHANGE_COLUMN, "DROP TABLE " + SQL.quote(old.name()));
    draft.add(
        Phase.CHANGE_COLUMN,
        "ALTER TABLE " + SQL.quote(beside) + " RENAME TO " + SQL.quote(table.name()));
    table.indexes().forEach(index -> draft.add(Phase.INDEX, SqliteTables.index(table, index)));
  }

  private void takeOver(Table old, Table table, String beside) {
    List<String> columns = SqliteTables.taken(old, table).stream().map(Column::name).toList();
    if (columns.isEmpty()) {
      draft.notWritten(
          "The table " + table.name() + " keeps no column, so its rows are not taken over.");
      return;
    }
    String names = SQL.quoteAll(columns);
    draft.add(
        Phase.CHANGE_COLUMN,
        "INSERT INTO %s (%s)%nSELECT %s FROM %s"
            .formatted(SQL.quote(beside), names, names, SQL.quote(old.name())),
        warning(old, table, columns));
    if (counts(now.tables().get(old.name())) && counts(definition(table))) {
      String counter = SQL.literal(beside);
      draft.add(Phase.CHANGE_COLUMN, "DELETE FROM sqlite_sequence WHERE name = " + counter);
      draft.add(
          Phase.CHANGE_COLUMN,
          "INSERT INTO sqlite_sequence (name, seq)\nSELECT "
              + counter
              + ", seq FROM sqlite_sequence WHERE name = "
              + SQL.literal(old.name()));
    }
  }

  private static boolean counts(@Nullable String create) {
    return create != null
        && TableDefinition.parse(create).value().filter(TableDefinition::autoincrement).isPresent();
  }

  private static String warning(Table old, Table table, List<String> taken) {
    Set<String> kept = taken.stream().map(Identifier::folded).collect(Collectors.toSet());
    List<String> lost =
        old.columns().stream()
            .filter(column -> column.generated() == null)
            .map(Column::name)
            .filter(name -> !kept.contains(Identifier.folded(name)))
            .toList();
    String loses =
        lost.isEmpty()
            ? ""
            : "deletes the columns " + String.join(", ", lost) + " of " + table.name() + ". ";
    return loses + "The rows of " + table.name() + " must keep the new definition, or this fails.";
  }

  private String free(String name) {
    String free = name;
    while (taken(now, free) || taken(wanted, free)) {
      free += "_";
    }
    return free;
  }

  private static boolean taken(SchemaState state, String name) {
    return state.tables().keySet().stream()
        .anyMatch(other -> Identifier.folded(other).equals(Identifier.folded(name)));
  }

  private void viewsAndTriggers() {
    Named<View> views =
        Named.of(
            now.schema().views(),
            wanted.schema().views(),
            view -> Identifier.folded(view.name()),
            View::equals);
    Set<String> names = new HashSet<>(gone);
    views.removed().forEach(view -> names.add(Identifier.folded(view.name())));
    Set<String> away = Mentions.dependents(now.schema().views(), names);
    views.removed().forEach(view -> away.add(Identifier.folded(view.name())));
    names.addAll(away);
    triggers(names);
    for (View view : now.schema().views()) {
      if (away.contains(Identifier.folded(view.name()))) {
        draft.add(Phase.DROP_VIEW, "DROP VIEW " + SQL.quote(view.name()));
      }
    }
    List<View> back = new ArrayList<>(views.made());
    views.same().stream()
        .map(Named.Pair::wanted)
        .filter(view -> away.contains(Identifier.folded(view.name())))
        .forEach(back::add);
    Mentions.inOrder(back).forEach(view -> draft.add(Phase.VIEW, view.sql()));
  }

  /** A trigger goes with its table, and may not name another that is away. */
  private void triggers(Set<String> away) {
    Named<Trigger> triggers =
        Named.of(
            now.schema().triggers(),
            wanted.schema().triggers(),
            trigger -> Identifier.folded(trigger.name()),
            Trigger::equals);
    List<Trigger> dropped = triggers.removed();
    List<Trigger> made = triggers.made();
    for (Named.Pair<Trigger> same : triggers.same()) {
      if (Mentions.any(same.now().sql(), away)) {
        dropped.add(same.now());
        made.add(same.wanted());
      }
    }
    dropped.forEach(
        trigger -> draft.add(Phase.DROP_DEPENDENT, "DROP TRIGGER " + SQL.quote(trigger.name())));
    made.forEach(trigger -> draft.add(Phase.DEPENDENT, trigger.sql()));
  }

  private void others() {
    Named<NamedObject> others =
        Named.of(
            now.schema().others(),
            wanted.schema().others(),
            other -> Identifier.folded(other.name()),
            NamedObject::equals);
    others.gone().forEach(other -> other(other, "is there and not wanted"));
    others.added().forEach(other -> other(other, "is wanted and not there"));
    others.changed().forEach(pair -> other(pair.wanted(), "differs"));
  }

  private void other(NamedObject other, String how) {
    draft.notWritten("The " + other.kind().title() + " " + other.name() + " " + how + ".");
  }
}

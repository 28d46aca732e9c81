package dev.outgrow.migration.authoring;

import static dev.outgrow.migration.authoring.PostgresSql.quote;

import dev.outgrow.migration.authoring.ChangeDraft.Phase;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the change of a schema of PostgreSQL. */
final class PostgresChange {
  private final SchemaState now;
  private final SchemaState wanted;
  private final PostgresSql sql;
  private final ChangeDraft draft = new ChangeDraft();
  private final Named<Table> tables;
  private final List<PostgresTableChange> changes = new ArrayList<>();

  PostgresChange(SchemaState now, SchemaState wanted) {
    this.now = now;
    this.wanted = wanted;
    this.sql = new PostgresSql(wanted.schema());
    this.tables =
        Named.of(now.schema().tables(), wanted.schema().tables(), Table::name, Table::equals);
  }

  SchemaChange write() {
    tables.gone().forEach(this::drop);
    tables.added().forEach(this::create);
    for (Named.Pair<Table> pair : tables.changed()) {
      changes.add(new PostgresTableChange(draft, sql, pair));
    }
    changes.forEach(PostgresTableChange::write);
    foreignKeys();
    sequences();
    views();
    new PostgresOthers(draft, now.schema(), wanted.schema()).write();
    return draft.finished();
  }

  private void drop(Table table) {
    draft.add(
        Phase.DROP_TABLE,
        "DROP TABLE " + quote(table.name()),
        "deletes the table " + table.name() + " with its rows.");
  }

  private void create(Table table) {
    if (table.partitionedBy() != null) {
      draft.notWritten("The partitioned table " + table.name() + " is wanted and not there.");
      return;
    }
    draft.add(Phase.CREATE_TABLE, sql.create(table));
    PostgresTableChange.constraints(draft, table);
    table.indexes().forEach(index -> draft.add(Phase.INDEX, PostgresSql.index(table, index)));
  }

  /** A key goes before what it stands on is changed, and comes back behind it. */
  private void foreignKeys() {
    Set<String> moved = new HashSet<>();
    tables.gone().forEach(table -> moved.add(table.name()));
    changes.stream()
        .filter(PostgresTableChange::movesKeys)
        .forEach(change -> moved.add(change.name()));
    tables.gone().forEach(table -> table.foreignKeys().forEach(key -> dropKey(table, key)));
    tables.added().forEach(table -> table.foreignKeys().forEach(key -> addKey(table, key)));
    List<Named.Pair<Table>> both = new ArrayList<>(tables.same());
    both.addAll(tables.changed());
    for (Named.Pair<Table> pair : both) {
      Named<ForeignKey> keys =
          Named.of(
              pair.now().foreignKeys(),
              pair.wanted().foreignKeys(),
              key -> String.valueOf(key.name()),
              (one, other) ->
                  one.equals(other)
                      && !moved.contains(one.referencedTable())
                      && !moved.contains(pair.now().name()));
      keys.removed().forEach(key -> dropKey(pair.now(), key));
      keys.made().forEach(key -> addKey(pair.wanted(), key));
    }
  }

  private void dropKey(Table table, ForeignKey key) {
    draft.add(
        Phase.DROP_FOREIGN_KEY,
        PostgresSql.alter(table, "DROP CONSTRAINT " + quote(String.valueOf(key.name()))));
  }

  private void addKey(Table table, ForeignKey key) {
    if (table.partitionedBy() == null || now.schema().table(table.name()).isPresent()) {
      draft.add(Phase.FOREIGN_KEY, PostgresSql.alter(table, "ADD " + sql.foreignKey(key)));
    }
  }

  private void sequences() {
    Named<Sequence> sequences =
        Named.of(
            now.schema().sequences(),
            wanted.schema().sequences(),
            Sequence::name,
            Sequence::equals);
    sequences.added().stream().filter(PostgresChange::standsAlone).forEach(this::createSequence);
    sequences.gone().stream().filter(PostgresChange::standsAlone).forEach(this::dropSequence);
    for (Named.Pair<Sequence> pair : sequences.changed()) {
      // An identity brings its sequence along and takes it away.
      if (standsAlone(pair.now()) == standsAlone(pair.wanted())) {
        alterSequence(pair.wanted());
      } else if (standsAlone(pair.wanted())) {
        createSequence(pair.wanted());
      } else {
        dropSequence(pair.now());
      }
    }
  }

  private static boolean standsAlone(Sequence sequence) {
    Sequence.Owner owner = sequence.owner();
    return owner == null || !owner.identity();
  }

  private void createSequence(Sequence sequence) {
    draft.add(
        Phase.SEQUENCE,
        "CREATE SEQUENCE "
            + quote(sequence.name())
            + " AS "
            + sequence.type()
            + PostgresSql.options(sequence));
    own(sequence);
  }

  private void own(Sequence sequence) {
    Sequence.Owner owner = sequence.owner();
    String by = owner == null ? "NONE" : quote(owner.table()) + "." + quote(owner.column());
    if (owner != null
        || now.schema().sequences().stream().anyMatch(s -> s.name().equals(sequence.name()))) {
      draft.add(
          Phase.FINISH_COLUMN, "ALTER SEQUENCE " + quote(sequence.name()) + " OWNED BY " + by);
    }
  }

  private void alterSequence(Sequence sequence) {
    draft.add(
        Phase.FINISH_COLUMN,
        "ALTER SEQUENCE "
            + quote(sequence.name())
            + " AS "
            + sequence.type()
            + PostgresSql.options(sequence));
    if (standsAlone(sequence)) {
      own(sequence);
    }
  }

  /** One that goes with a table or a column that is dropped is gone by then. */
  private void dropSequence(Sequence sequence) {
    draft.add(Phase.DROP_SEQUENCE, "DROP SEQUENCE IF EXISTS " + quote(sequence.name()));
  }

  private void views() {
    Set<String> moved = new HashSet<>();
    tables.gone().forEach(table -> moved.add(Identifier.folded(table.name())));
    changes.stream()
        .filter(PostgresTableChange::movesColumns)
        .forEach(change -> moved.add(Identifier.folded(change.name())));
    Named<View> views =
        Named.of(now.schema().views(), wanted.schema().views(), View::name, View::equals);
    views.removed().forEach(view -> moved.add(Identifier.folded(view.name())));
    Set<String> away = Mentions.dependents(now.schema().views(), moved);
    views.removed().forEach(view -> away.add(Identifier.folded(view.name())));
    List<View> dropped =
        new ArrayList<>(
            Mentions.inOrder(
                now.schema().views().stream()
                    .filter(view -> away.contains(Identifier.folded(view.name())))
                    .toList()));
    Collections.reverse(dropped);
    dropped.forEach(this::drop);
    List<View> back = new ArrayList<>(views.made());
    views.same().stream()
        .map(Named.Pair::wanted)
        .filter(view -> away.contains(Identifier.folded(view.name())))
        .forEach(back::add);
    Mentions.inOrder(back).forEach(this::create);
    triggers(away);
  }

  private void drop(View view) {
    String kind = view.materialized() ? "MATERIALIZED VIEW " : "VIEW ";
    draft.add(
        Phase.DROP_VIEW,
        "DROP " + kind + quote(view.name()),
        view.materialized()
            ? "also drops the indexes of " + view.name() + ", which are not put back."
            : "");
  }

  private void create(View view) {
    String kind = view.materialized() ? "MATERIALIZED VIEW " : "VIEW ";
    draft.add(Phase.VIEW, "CREATE " + kind + quote(view.name()) + " AS\n" + view.sql());
  }

  private void triggers(Set<String> awayViews) {
    Set<String> gone = new HashSet<>();
    tables.gone().forEach(table -> gone.add(table.name()));
    Set<String> retyped = new HashSet<>();
    changes.stream()
        .filter(PostgresTableChange::retyped)
        .forEach(change -> retyped.add(change.name()));
    Named<Trigger> triggers =
        Named.of(
            now.schema().triggers(),
            wanted.schema().triggers(),
            trigger -> List.of(trigger.table(), trigger.name()),
            (one, other) ->
                one.equals(other)
                    && !retyped.contains(one.table())
                    && !awayViews.contains(Identifier.folded(one.table())));
    for (Trigger trigger : triggers.removed()) {
      if (!gone.contains(trigger.table())) {
        draft.add(
            Phase.DROP_DEPENDENT,
            "DROP TRIGGER " + quote(trigger.name()) + " ON " + quote(trigger.table()));
      }
    }
    triggers.made().forEach(trigger -> draft.add(Phase.DEPENDENT, trigger.sql()));
  }
}

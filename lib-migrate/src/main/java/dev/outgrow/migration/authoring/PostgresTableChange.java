package dev.outgrow.migration.authoring;

import static dev.outgrow.migration.authoring.PostgresSql.alter;
import static dev.outgrow.migration.authoring.PostgresSql.quote;

import dev.outgrow.migration.authoring.ChangeDraft.Phase;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the change of one table of PostgreSQL, but for its foreign keys. */
final class PostgresTableChange {
  private final ChangeDraft draft;
  private final PostgresSql sql;
  private final Table now;
  private final Table wanted;
  private final Named<Column> columns;
  private final Named<UniqueKey> uniqueKeys;

  PostgresTableChange(ChangeDraft draft, PostgresSql sql, Named.Pair<Table> tables) {
    this.draft = draft;
    this.sql = sql;
    this.now = tables.now();
    this.wanted = tables.wanted();
    this.columns = Named.of(now.columns(), wanted.columns(), Column::name, Column::equals);
    this.uniqueKeys =
        Named.of(
            now.uniqueKeys(),
            wanted.uniqueKeys(),
            key -> String.valueOf(key.name()),
            (one, other) -> !retyped() && one.equals(other));
  }

  String name() {
    return now.name();
  }

  /** Returns whether foreign keys of it or to it have to go meanwhile. */
  boolean movesKeys() {
    return retyped()
        || !Objects.equals(now.primaryKey(), wanted.primaryKey())
        || !uniqueKeys.removed().isEmpty()
        || now.indexes().stream().anyMatch(this::isLostUnique);
  }

  /** A key may stand on a unique index; on another none does. */
  private boolean isLostUnique(Index index) {
    return index.unique() && !wanted.indexes().contains(index);
  }

  /** Returns whether views of it have to go meanwhile. */
  boolean movesColumns() {
    return retyped() || !columns.gone().isEmpty() || movesKeys();
  }

  /**
   * What stands on a column that changes its type has to go meanwhile, and so do keys and checks.
   */
  boolean retyped() {
    return columns.changed().stream().anyMatch(PostgresTableChange::isRetyped);
  }

  /** Returns the columns that are dropped and added: computed ones, where anything moves. */
  private List<Named.Pair<Column>> anew() {
    return Stream.concat(columns.changed().stream(), columns.same().stream())
        .filter(pair -> isRecomputed(pair) || (retyped() && pair.wanted().generated() != null))
        .toList();
  }

  private static boolean isRetyped(Named.Pair<Column> pair) {
    return !pair.now().type().equals(pair.wanted().type())
        || !Objects.equals(pair.now().collation(), pair.wanted().collation())
        || isRecomputed(pair);
  }

  private static boolean isRecomputed(Named.Pair<Column> pair) {
    return !Objects.equals(pair.now().generated(), pair.wanted().generated());
  }

  void write() {
    if (!Objects.equals(now.partitionedBy(), wanted.partitionedBy())) {
      draft.notWritten("The table " + name() + " is divided into partitions in another way.");
    }
    keys();
    checks();
    indexes();
    List<Named.Pair<Column>> anew = anew();
    columns.gone().forEach(this::drop);
    anew.forEach(pair -> drop(pair.now()));
    columns.changed().stream().filter(pair -> !anew.contains(pair)).forEach(this::change);
    columns.added().forEach(this::add);
    anew.forEach(pair -> add(pair.wanted()));
    order(anew.stream().map(Named.Pair::wanted).toList());
  }

  private void keys() {
    PrimaryKey before = now.primaryKey();
    PrimaryKey after = wanted.primaryKey();
    if (retyped() || !Objects.equals(before, after)) {
      if (before != null) {
        dropConstraint(before.name());
      }
      if (after != null) {
        draft.add(
            Phase.CONSTRAINT,
            alter(wanted, "ADD " + PostgresSql.primaryKey(after)),
            "fails where rows of " + name() + " have one key twice, or none.");
      }
    }
    uniqueKeys.removed().forEach(key -> dropConstraint(key.name()));
    uniqueKeys
        .made()
        .forEach(
            key ->
                draft.add(
                    Phase.CONSTRAINT,
                    alter(wanted, "ADD " + PostgresSql.unique(key)),
                    "fails where rows of " + name() + " have the same values."));
  }

  private void dropConstraint(@Nullable String name) {
    draft.add(Phase.DROP_CONSTRAINT, alter(now, "DROP CONSTRAINT " + quote(String.valueOf(name))));
  }

  /** A condition was read by the server with the old types, so it goes while they change. */
  private void checks() {
    boolean retyped = retyped();
    Named<Check> checks =
        Named.of(
            now.checks(),
            wanted.checks(),
            check -> String.valueOf(check.name()),
            (one, other) -> !retyped && one.equals(other));
    checks.removed().forEach(check -> dropConstraint(check.name()));
    for (Check check : checks.made()) {
      draft.add(
          Phase.CONSTRAINT,
          alter(wanted, "ADD " + PostgresSql.check(check)),
          check.validated() ? "fails where rows of " + name() + " do not keep it." : "");
    }
  }

  private void indexes() {
    boolean retyped = retyped();
    Named<Index> indexes =
        Named.of(
            now.indexes(),
            wanted.indexes(),
            Index::name,
            (one, other) -> !retyped && one.equals(other));
    indexes
        .removed()
        .forEach(index -> draft.add(Phase.DROP_INDEX, "DROP INDEX " + quote(index.name())));
    indexes.made().forEach(index -> draft.add(Phase.INDEX, PostgresSql.index(wanted, index)));
  }

  private void drop(Column column) {
    boolean computed = column.generated() != null;
    draft.add(
        computed ? Phase.DROP_TABLE : Phase.CHANGE_COLUMN,
        alter(now, "DROP COLUMN " + quote(column.name())),
        computed ? "" : "deletes the column " + column.name() + " of " + name() + ".");
  }

  private void add(Column column) {
    boolean unfilled =
        !column.nullable()
            && column.defaultValue() == null
            && column.identity() == Identity.NONE
            && column.generated() == null;
    draft.add(
        column.generated() == null ? Phase.CHANGE_COLUMN : Phase.FINISH_COLUMN,
        alter(wanted, "ADD COLUMN " + sql.column(wanted, column)),
        unfilled ? "fails where " + name() + " has rows: " + column.name() + " has no value." : "");
  }

  private void change(Named.Pair<Column> pair) {
    identityGoes(pair);
    type(pair);
    value(pair);
    nulls(pair);
    identityComes(pair);
  }

  private void type(Named.Pair<Column> pair) {
    Column after = pair.wanted();
    if (!isRetyped(pair)) {
      return;
    }
    if (pair.now().defaultValue() != null) {
      draft.add(Phase.CHANGE_COLUMN, alter(wanted, after, "DROP DEFAULT"));
    }
    String collation = after.collation();
    draft.add(
        Phase.CHANGE_COLUMN,
        alter(
            wanted,
            after,
            "TYPE "
                + after.type()
                + (collation == null ? "" : " COLLATE " + quote(collation))
                + " USING "
                + quote(after.name())
                + "::"
                + after.type()),
        "may write all of "
            + name()
            + " anew, and fails or loses where values of "
            + after.name()
            + " do not fit.");
  }

  private void value(Named.Pair<Column> pair) {
    String before = isRetyped(pair) ? null : pair.now().defaultValue();
    String after = pair.wanted().defaultValue();
    if (after == null && before != null) {
      draft.add(Phase.CHANGE_COLUMN, alter(wanted, pair.wanted(), "DROP DEFAULT"));
    } else if (after != null && !after.equals(before)) {
      draft.add(Phase.CHANGE_COLUMN, alter(wanted, pair.wanted(), "SET DEFAULT " + after));
    }
  }

  private void nulls(Named.Pair<Column> pair) {
    if (!pair.wanted().nullable() && pair.now().nullable()) {
      draft.add(
          Phase.CHANGE_COLUMN,
          alter(wanted, pair.wanted(), "SET NOT NULL"),
          "fails where " + pair.wanted().name() + " of " + name() + " is null.");
    } else if (pair.wanted().nullable() && !pair.now().nullable()) {
      draft.add(Phase.CHANGE_COLUMN, alter(wanted, pair.wanted(), "DROP NOT NULL"));
    }
  }

  private void identityGoes(Named.Pair<Column> pair) {
    if (pair.now().identity() != Identity.NONE && pair.wanted().identity() == Identity.NONE) {
      draft.add(Phase.DROP_TABLE, alter(wanted, pair.wanted(), "DROP IDENTITY"));
    }
  }

  private void identityComes(Named.Pair<Column> pair) {
    Column after = pair.wanted();
    if (after.identity() == pair.now().identity() || after.identity() == Identity.NONE) {
      return;
    }
    if (pair.now().identity() == Identity.NONE) {
      draft.add(
          Phase.FINISH_COLUMN,
          alter(wanted, after, "ADD " + sql.identity(wanted, after)),
          "begins at its first number: set its sequence above the values that are there.");
    } else {
      draft.add(Phase.FINISH_COLUMN, alter(wanted, after, "SET " + PostgresSql.always(after)));
    }
  }

  /** PostgreSQL puts a new column behind all others. */
  private void order(List<Column> anew) {
    List<Column> added = new ArrayList<>(columns.added());
    added.addAll(anew);
    Set<String> stays =
        wanted.columns().stream()
            .map(Column::name)
            .filter(column -> now.column(column).isPresent())
            .filter(column -> anew.stream().noneMatch(other -> other.name().equals(column)))
            .collect(Collectors.toSet());
    List<String> order =
        Stream.of(
                now.columns().stream().map(Column::name).filter(stays::contains),
                added.stream().filter(c -> c.generated() == null).map(Column::name),
                added.stream().filter(c -> c.generated() != null).map(Column::name))
            .flatMap(names -> names)
            .toList();
    if (!order.equals(wanted.columns().stream().map(Column::name).toList())) {
      draft.notWritten(
          "The columns of " + name() + " stay in another order: " + String.join(", ", order) + ".");
    }
  }

  /** Adds the constraints of a new table. */
  static void constraints(ChangeDraft draft, Table table) {
    PrimaryKey key = table.primaryKey();
    if (key != null) {
      draft.add(Phase.CONSTRAINT, alter(table, "ADD " + PostgresSql.primaryKey(key)));
    }
    table
        .uniqueKeys()
        .forEach(u -> draft.add(Phase.CONSTRAINT, alter(table, "ADD " + PostgresSql.unique(u))));
    table
        .checks()
        .forEach(c -> draft.add(Phase.CONSTRAINT, alter(table, "ADD " + PostgresSql.check(c))));
  }
}

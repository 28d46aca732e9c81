package dev.outgrow.migration.safety;

import dev.outgrow.migration.safety.SafetyFinding.Level;
import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;

/** {@code ADD COLUMN}. */
final class AddColumn {
  private final Scene scene;
  private final AlterTable.Action action;
  private final LiveTable table;

  AddColumn(Scene scene, AlterTable.Action action) {
    this.scene = scene;
    this.action = action;
    this.table = action.table();
  }

  void add(Reader words) {
    boolean maybe = words.accept("if", "not", "exists");
    Name name = words.name();
    if (name == null || (maybe && table.column(name.name()) != null)) {
      return;
    }
    Tables.lock(scene, table, action.statement());
    ColumnDefinition column = new ColumnDefinition(action.statement(), words.rest());
    if (scene.isPostgres()) {
      rewrites(name, column);
      if (column.has("unique") || column.has("primary", "key")) {
        key(name, column);
      }
    } else {
      impossible(column);
    }
    if (!column.isGenerated() && !column.isIdentity() && !column.isSerial()) {
      missingValue(name, column);
    }
    Reference reference = column.reference();
    if (reference != null && !column.defaultValue().isEmpty()) {
      new NewReference(scene, table)
          .ofDefault(action.statement().slice(column.defaultValue()), reference);
    }
  }

  private void missingValue(Name name, ColumnDefinition column) {
    boolean required =
        column.has("not", "null") || (scene.isPostgres() && column.has("primary", "key"));
    if (!required || !column.defaultValue().isEmpty() || table.rows() == 0) {
      return;
    }
    Level level = scene.isSettled(table) ? Level.REFUSE : Level.WARN;
    scene.report(
        Rule.ADD_COLUMN_NOT_NULL,
        level,
        table,
        "The rows of " + table.shown() + " have no value for the new column " + name.text() + ".",
        scene.isPostgres() ? withoutNull(name) : withDefault());
  }

  private String withoutNull(Name name) {
    return "-- in one script, without NOT NULL:\n"
        + action.alter(action.text().replaceFirst("(?i)\\s+NOT\\s+NULL", ""))
        + "\n-- in the next, in batches where instances write the table:\nUPDATE "
        + action.name().text()
        + " SET "
        + name.text()
        + " = <value> WHERE "
        + name.text()
        + " IS NULL;\n"
        + ChangeColumn.setNotNull(action, name, "-- in the next:\n");
  }

  private String withDefault() {
    return "-- with a default for the rows that are there:\n"
        + action.alter(action.text() + " DEFAULT <value>");
  }

  private void rewrites(Name name, ColumnDefinition column) {
    if (column.isGenerated() && column.has("stored")) {
      scene.report(
          Rule.ADD_COLUMN_STORED,
          table,
          "It computes the new column "
              + name.text()
              + " for all of "
              + table.shown()
              + " and writes them anew, and nothing reads or writes it meanwhile.",
          "-- a plain column, which a trigger fills; in the next script the rows that are there, in"
              + " batches:\n"
              + action.alter("ADD COLUMN " + name.text() + " <type>")
              + "\n-- or, from PostgreSQL 18 on, one that is computed as it is read: VIRTUAL instead of"
              + " STORED");
    } else if (column.isSerial()
        || column.isIdentity()
        || scene.live().isVolatile(column.functions())) {
      scene.report(
          Rule.ADD_COLUMN_VOLATILE_DEFAULT,
          table,
          "It computes a value for each row of "
              + table.shown()
              + " and writes them all anew, and nothing reads or writes it meanwhile.",
          volatileSteps(name, column));
    }
  }

  private String volatileSteps(Name name, ColumnDefinition column) {
    String value =
        column.defaultValue().isEmpty()
            ? "nextval('<sequence>')"
            : action.statement().slice(column.defaultValue());
    String table = action.name().text();
    return "-- in one script:\n"
        + action.alter("ADD COLUMN " + name.text() + " <type>")
        + "\n"
        + action.alter("ALTER COLUMN " + name.text() + " SET DEFAULT " + value)
        + "\n-- in the next, in batches:\nUPDATE "
        + table
        + " SET "
        + name.text()
        + " = "
        + value
        + " WHERE "
        + name.text()
        + " IS NULL;";
  }

  private void key(Name name, ColumnDefinition column) {
    boolean primary = column.has("primary", "key");
    scene.report(
        Rule.ADD_KEY,
        table,
        "It builds an index of " + table.shown() + ", and nothing reads or writes it meanwhile.",
        "-- in one script, the column without the key; then\n"
            + AddConstraint.usingIndex(
                action, "", primary ? "PRIMARY KEY" : "UNIQUE", "(" + name.text() + ")"));
  }

  /**
   * What SQLite says no to, whatever the rows are; a computed default only where there are some.
   */
  private void impossible(ColumnDefinition column) {
    boolean never = column.has("unique") || column.has("primary", "key") || column.has("stored");
    if (!never && !isComputed(column)) {
      return;
    }
    scene.report(
        Rule.ADD_COLUMN_IMPOSSIBLE,
        scene.isSettled(table) ? Level.REFUSE : Level.WARN,
        table,
        "SQLite adds no such column to " + table.shown() + ".",
        "-- the table is made anew in one script; foreign keys are off meanwhile:\nCREATE TABLE "
            + action.name().text()
            + "_new (…);\nINSERT INTO "
            + action.name().text()
            + "_new SELECT …, <value> FROM "
            + action.name().text()
            + ";\nDROP TABLE "
            + action.name().text()
            + ";\nALTER TABLE "
            + action.name().text()
            + "_new RENAME TO "
            + action.name().text()
            + ";\n-- then its indexes and triggers again");
  }

  private static boolean isComputed(ColumnDefinition column) {
    var value = column.defaultValue();
    return !value.isEmpty()
        && (value.get(0).is("(") || value.get(0).name().startsWith("current_"))
        && value.stream()
            .anyMatch(t -> t.kind() == dev.outgrow.migration.statement.Token.Kind.WORD);
  }
}

package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.List;

/** {@code ALTER COLUMN}. */
final class ChangeColumn {
  private final Scene scene;
  private final AlterTable.Action action;
  private final LiveTable table;

  ChangeColumn(Scene scene, AlterTable.Action action) {
    this.scene = scene;
    this.action = action;
    this.table = action.table();
  }

  void alter(Reader words) {
    Name column = words.name();
    LiveTable.Column found = column == null ? null : table.column(column.name());
    if (column == null || found == null) {
      return;
    }
    Tables.lock(scene, table, action.statement());
    if (words.accept("set", "not", "null")) {
      reportNotNull(column);
      new NewCheck(scene, table).notNull(column, true);
    } else if (words.accept("type") || words.accept("set", "data", "type")) {
      changeType(column, found.type(), words.rest());
    }
  }

  void reportNotNull(Name column) {
    LiveTable.Column found = table.column(column.name());
    if (found == null || found.notNull() || isProven(column)) {
      return;
    }
    scene.report(
        Rule.SET_NOT_NULL,
        table,
        "It reads all of " + table.shown() + ", and nothing else reads or writes it meanwhile.",
        setNotNull(action, column, "-- in one script:\n"));
  }

  /** A CHECK that is valid, or that a script before this one has made valid, spares the reading. */
  private boolean isProven(Name column) {
    return table.proven().contains(column.name()) || scene.isProven(table, column.name());
  }

  static String setNotNull(AlterTable.Action action, Name column, String first) {
    String check = "ck_" + action.name().name() + "_" + column.name();
    String quoted = dev.outgrow.sql.Dialect.POSTGRESQL.quote(check);
    return first
        + action.alter(
            "ADD CONSTRAINT " + quoted + " CHECK (" + column.text() + " IS NOT NULL) NOT VALID")
        + "\n-- in the next, which locks nobody out:\n"
        + action.alter("VALIDATE CONSTRAINT " + quoted)
        + "\n-- in the next, which reads nothing:\n"
        + action.alter("ALTER COLUMN " + column.text() + " SET NOT NULL")
        + "\n"
        + action.alter("DROP CONSTRAINT " + quoted);
  }

  private void changeType(Name column, String from, List<Token> words) {
    Statement statement = action.statement();
    Reader reader = new Reader(statement, words);
    int type = words.size() - (reader.find("using") ? reader.rest().size() + 1 : 0);
    List<Token> using = type < words.size() ? words.subList(type + 1, words.size()) : List.of();
    String to = statement.slice(words.subList(0, type));
    boolean same =
        using.isEmpty() || (using.size() == 1 && using.get(0).name().equals(column.name()));
    scene.change(table);
    if (same && TypeChange.isFree(from, to)) {
      return;
    }
    scene.report(
        Rule.CHANGE_TYPE,
        table,
        "It changes the column "
            + column.text()
            + " of "
            + table.shown()
            + " from "
            + from
            + " to "
            + to
            + ", which writes or reads all rows, and nothing else reads or writes it meanwhile.",
        steps(column, to));
  }

  private String steps(Name column, String to) {
    String added = dev.outgrow.sql.Dialect.POSTGRESQL.quote(column.name() + "_new");
    return "-- in one script:\n"
        + action.alter("ADD COLUMN " + added + " " + to)
        + "\n-- then have the application write both, and fill the new one in batches:\nUPDATE "
        + action.name().text()
        + " SET "
        + added
        + " = "
        + column.text()
        + "::"
        + to
        + " WHERE "
        + added
        + " IS NULL;\n-- when no instance reads the old one, in a later script:\n"
        + action.alter("DROP COLUMN " + column.text())
        + "\n"
        + action.alter("RENAME COLUMN " + added + " TO " + column.text());
  }
}

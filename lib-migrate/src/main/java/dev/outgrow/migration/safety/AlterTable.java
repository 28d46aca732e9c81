package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER TABLE}: each of its actions. */
final class AlterTable {
  private final Scene scene;

  AlterTable(Scene scene) {
    this.scene = scene;
  }

  /**
   * One action of {@code ALTER TABLE}.
   *
   * @param name the table as the statement names it
   * @param table the table as it is now
   * @param text the action as it stands there
   */
  record Action(Name name, LiveTable table, Statement statement, String text) {
    String alter(String action) {
      return "ALTER TABLE " + name.text() + " " + action + ";";
    }
  }

  void look(Statement statement) {
    Reader words = new Reader(statement);
    if (!words.accept("alter", "table")) {
      return;
    }
    words.accept("if", "exists");
    words.accept("only");
    Name name = words.name();
    words.accept("*");
    LiveTable table = scene.table(name);
    if (name == null) {
      return;
    }
    if (table == null) {
      followRename(name, words);
      return;
    }
    for (List<Token> part : words.parts()) {
      Action action = new Action(name, table, statement, statement.slice(part));
      look(action, new Reader(statement, part));
    }
  }

  /** A table that the scripts make themselves goes on being one under its new name. */
  private void followRename(Name name, Reader words) {
    if (words.accept("rename", "to")) {
      Name to = words.name();
      if (to != null) {
        new Rebuilt(scene).look(name, to);
        scene.rename(name, inSchemaOf(name, to));
      }
    }
  }

  private static Name inSchemaOf(Name name, Name to) {
    return new Name(name.schema(), to.name(), to.text());
  }

  private void look(Action action, Reader words) {
    if (words.accept("add")) {
      add(action, words);
    } else if (words.accept("alter")) {
      words.accept("column");
      new ChangeColumn(scene, action).alter(words);
    } else if (words.accept("drop")) {
      drop(action, words);
    } else if (words.accept("rename")) {
      rename(action, words);
    } else if (words.accept("validate", "constraint")) {
      new AddConstraint(scene, action).validate(words.name());
    } else {
      whole(action, words);
    }
  }

  private void add(Action action, Reader words) {
    Token next = words.peek();
    if (next == null) {
      return;
    }
    boolean constraint =
        next.is("constraint")
            || next.is("unique")
            || next.is("primary")
            || next.is("foreign")
            || next.is("check")
            || next.is("exclude")
            || next.is("not");
    if (constraint) {
      new AddConstraint(scene, action).add(words);
    } else {
      words.accept("column");
      new AddColumn(scene, action).add(words);
    }
  }

  private void drop(Action action, Reader words) {
    if (words.accept("constraint")) {
      lock(action);
      return;
    }
    words.accept("column");
    words.accept("if", "exists");
    Name column = words.name();
    if (column == null || action.table().column(column.name()) == null) {
      return;
    }
    lock(action);
    scene.change(action.table());
    scene.report(
        Rule.DROP_COLUMN,
        action.table(),
        "It drops the column "
            + column.text()
            + " of "
            + action.table().shown()
            + ", which instances that run read.",
        "-- in one release, have the application neither read nor write the column;\n"
            + "-- in a script of the next:\n"
            + action.alter(action.text()));
  }

  private void rename(Action action, Reader words) {
    LiveTable table = action.table();
    if (words.accept("to")) {
      renameTable(action, words.name());
      return;
    }
    if (words.accept("constraint")) {
      return;
    }
    words.accept("column");
    Name from = words.name();
    if (from == null || !words.accept("to") || table.column(from.name()) == null) {
      return;
    }
    Name to = words.name();
    lock(action);
    scene.change(table);
    scene.report(
        Rule.RENAME_COLUMN,
        table,
        "It renames the column "
            + from.text()
            + " of "
            + table.shown()
            + ", which instances that run read.",
        "-- in one script:\n"
            + action.alter("ADD COLUMN " + (to == null ? "…" : to.text()) + " " + type(table, from))
            + "\n-- then have the application write both and fill the new one in batches;\n"
            + "-- when no instance reads the old one, in a later script:\n"
            + action.alter("DROP COLUMN " + from.text()));
  }

  private static String type(LiveTable table, Name column) {
    LiveTable.Column found = table.column(column.name());
    return found == null ? "" : found.type();
  }

  private void renameTable(Action action, @Nullable Name to) {
    if (to == null) {
      return;
    }
    lock(action);
    Name name = action.name();
    if (!isPutBack(action.statement(), name)) {
      scene.report(
          Rule.RENAME_TABLE,
          action.table(),
          "It renames " + action.table().shown() + ", which instances that run read.",
          "-- in the same script, so that the old name goes on to work until no instance uses it:\n"
              + action.alter(action.text())
              + "\nCREATE VIEW "
              + name.text()
              + " AS SELECT * FROM "
              + to.text()
              + ";");
    }
    scene.rename(name, inSchemaOf(name, to));
    scene.make(name);
  }

  /** Where a table of this name comes back in the same script, no instance misses it. */
  private boolean isPutBack(Statement statement, Name name) {
    return Tables.comesBack(scene, statement, name);
  }

  private void whole(Action action, Reader words) {
    LiveTable table = action.table();
    if (words.accept("attach", "partition")) {
      new Partitions(scene, action).attach(words.name());
    } else if (words.accept("detach", "partition")) {
      new Partitions(scene, action).detach(words);
    } else if (words.accept("set", "schema")) {
      lock(action);
      scene.report(
          Rule.RENAME_TABLE,
          table,
          "It moves " + table.shown() + " to another schema, where instances that run do not look.",
          "-- in one release, have the application's search_path name both schemas; in the next:\n"
              + action.alter(action.text()));
    } else if (rewrites(words)) {
      lock(action);
      scene.report(
          Rule.REWRITE_TABLE,
          table,
          "It writes all of " + table.shown() + " anew, and nothing reads or writes it meanwhile.",
          "-- while the application is stopped, alone in a script:\n"
              + action.alter(action.text()));
    }
  }

  private static boolean rewrites(Reader words) {
    return words.accept("set", "logged")
        || words.accept("set", "unlogged")
        || words.accept("set", "tablespace")
        || words.accept("set", "access", "method");
  }

  private void lock(Action action) {
    Tables.lock(scene, action.table(), action.statement());
  }
}

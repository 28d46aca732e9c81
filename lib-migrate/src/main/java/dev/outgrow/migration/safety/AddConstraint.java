package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Statements;
import dev.outgrow.migration.statement.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constraints of a table that are added or validated. */
final class AddConstraint {
  private final Scene scene;
  private final AlterTable.Action action;
  private final LiveTable table;

  AddConstraint(Scene scene, AlterTable.Action action) {
    this.scene = scene;
    this.action = action;
    this.table = action.table();
  }

  void add(Reader words) {
    Name name = words.accept("constraint") ? words.name() : null;
    Statement statement = action.statement();
    List<Token> definition = words.rest();
    boolean unvalidated =
        new Reader(statement, definition).find("not", "valid")
            || new Reader(statement, definition).find("not", "enforced");
    if (unvalidated) {
      scene.script().changeSchema();
    } else {
      Tables.lock(scene, table, statement);
    }
    if (name != null && unvalidated) {
      scene.unvalidated(table, name.name(), sub(statement, definition));
      scene.script().addUnvalidated(table, name.name());
    }
    if (words.accept("foreign", "key")) {
      foreignKey(name, unvalidated);
    } else if (words.accept("check")) {
      check(name, unvalidated);
    } else if (words.accept("not", "null")) {
      notNull(words.name(), unvalidated);
    } else {
      key(name, words);
    }
    if (!unvalidated) {
      prove(new Reader(statement, definition));
    }
    rows(new Reader(statement, definition), statement, !unvalidated);
  }

  private static Statement sub(Statement statement, List<Token> tokens) {
    return new Statement(statement.slice(tokens), statement.line(), tokens, List.of());
  }

  private String shown(@Nullable Name name, String kind) {
    return name == null ? kind + "_" + action.name().name() + "_…" : name.text();
  }

  private void foreignKey(@Nullable Name name, boolean unvalidated) {
    if (!unvalidated) {
      scene.report(
          Rule.ADD_FOREIGN_KEY,
          table,
          "It looks up every row of "
              + table.shown()
              + ", and writes to both tables wait meanwhile.",
          inTwoSteps(shown(name, "fk")));
    }
  }

  private void check(@Nullable Name name, boolean unvalidated) {
    if (!unvalidated) {
      scene.report(
          Rule.ADD_CHECK,
          table,
          "It reads all of " + table.shown() + ", and nothing else reads or writes it meanwhile.",
          inTwoSteps(shown(name, "ck")));
    }
  }

  private void notNull(@Nullable Name column, boolean unvalidated) {
    if (!unvalidated && column != null) {
      new ChangeColumn(scene, action).reportNotNull(column);
    }
  }

  private String inTwoSteps(String name) {
    boolean named = action.text().toLowerCase(java.util.Locale.ROOT).contains("constraint");
    String add =
        named
            ? action.text()
            : action.text().replaceFirst("(?i)^ADD\\s", "ADD CONSTRAINT " + name + " ");
    return "-- in one script:\n"
        + action.alter(add + " NOT VALID")
        + "\n-- in the next, which locks nobody out:\n"
        + action.alter("VALIDATE CONSTRAINT " + name);
  }

  private void key(@Nullable Name name, Reader words) {
    boolean primary = words.accept("primary", "key");
    boolean unique = !primary && words.accept("unique");
    if (!primary && !unique && !words.accept("exclude")) {
      return;
    }
    words.accept("nulls", "distinct");
    words.accept("nulls", "not", "distinct");
    if (words.accept("using", "index")) {
      return;
    }
    List<Token> columns = words.bracket();
    String listed = columns == null ? "(…)" : "(" + action.statement().slice(columns) + ")";
    scene.report(
        Rule.ADD_KEY,
        table,
        "It builds an index of " + table.shown() + ", and nothing reads or writes it meanwhile.",
        primary || unique
            ? usingIndex(
                action, name == null ? "" : name.text(), primary ? "PRIMARY KEY" : "UNIQUE", listed)
            : "-- PostgreSQL has no other way; while the application is stopped, alone in a script:\n"
                + action.alter(action.text()));
  }

  static String usingIndex(AlterTable.Action action, String name, String kind, String columns) {
    String prefix = kind.equals("UNIQUE") ? "uq_" : "pk_";
    String index = name.isEmpty() ? prefix + action.name().name() : name;
    return "-- alone in a script of its own:\nCREATE UNIQUE INDEX CONCURRENTLY "
        + index
        + " ON "
        + action.name().text()
        + " "
        + columns
        + ";\n-- in the next:\n"
        + action.alter("ADD CONSTRAINT " + index + " " + kind + " USING INDEX " + index);
  }

  /** Counts the rows that the definition does not accept. */
  private void rows(Reader words, Statement statement, boolean fails) {
    if (words.accept("foreign", "key")) {
      List<Token> columns = Reference.columns(words.bracket());
      Name parent = words.accept("references") ? words.name() : null;
      if (parent != null) {
        Reference to = new Reference(parent, Reference.columns(words.bracket()));
        new NewReference(scene, table).of(columns, to, fails);
      }
    } else if (words.accept("check")) {
      List<Token> condition = words.bracket();
      if (condition != null && !condition.isEmpty()) {
        new NewCheck(scene, table).check(statement.slice(condition), fails);
      }
    } else if (words.accept("not", "null")) {
      Name column = words.name();
      if (column != null) {
        new NewCheck(scene, table).notNull(column, fails);
      }
    } else if (words.accept("unique") || words.accept("primary", "key")) {
      new NewKey(scene, table).unique(statement, words, fails);
    }
  }

  /** {@code CHECK (c IS NOT NULL)} spares SET NOT NULL the reading, once it is valid. */
  private void prove(Reader words) {
    words.accept("constraint");
    List<Token> condition = words.find("check") ? words.bracket() : null;
    while (condition != null && condition.size() > 2 && condition.get(0).is("(")) {
      condition = condition.subList(1, condition.size() - 1);
    }
    boolean isNotNull =
        condition != null
            && condition.size() == 4
            && condition.get(0).isName()
            && condition.get(1).is("is")
            && condition.get(2).is("not")
            && condition.get(3).is("null");
    if (condition != null && isNotNull) {
      scene.prove(table, condition.get(0).name());
    }
  }

  void validate(@Nullable Name name) {
    if (name == null) {
      return;
    }
    if (scene.script().hasAdded(table, name.name()) && !scene.script().isOutside()) {
      scene.report(
          Rule.VALIDATE_WITH_ADD,
          table,
          "It reads all of " + table.shown() + " while the script holds the lock of the ADD.",
          "-- in a later script:\n" + action.alter(action.text()));
    }
    Statement definition = scene.definition(table, name.name());
    if (definition == null) {
      String text = scene.live().unvalidated(table, name.name());
      List<Statement> parsed = text == null ? List.of() : Statements.of(text, scene.dialect());
      definition = parsed.isEmpty() ? null : parsed.get(0);
    }
    if (definition != null) {
      prove(new Reader(definition));
      rows(new Reader(definition), definition, true);
    }
  }
}

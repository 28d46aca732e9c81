package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code CREATE TRIGGER} with the few statements that can be translated. */
final class TriggerParser {
  private final Cursor cursor;
  private final ExpressionParser expressions;

  private TriggerParser(String sql) {
    this.cursor = new Cursor(sql);
    this.expressions = new ExpressionParser(cursor);
  }

  static Trigger parse(String createTrigger) throws RefusedException {
    return new TriggerParser(createTrigger).trigger();
  }

  private Trigger trigger() throws RefusedException {
    cursor.expect("CREATE");
    if (!cursor.accept("TEMP")) {
      cursor.accept("TEMPORARY");
    }
    cursor.expect("TRIGGER");
    cursor.accept("IF", "NOT", "EXISTS");
    qualifiedName();
    int at = cursor.offset();
    boolean before = before();
    String event = event();
    List<String> columns = cursor.accept("OF") ? columns() : List.of();
    cursor.expect("ON");
    qualifiedName();
    cursor.accept("FOR", "EACH", "ROW");
    Expr when = cursor.accept("WHEN") ? expressions.expression() : null;
    return new Trigger(before, event, columns, when, statements(), at);
  }

  private String qualifiedName() throws RefusedException {
    String name = cursor.name();
    return cursor.accept(".") ? cursor.name() : name;
  }

  private boolean before() throws RefusedException {
    if (cursor.peek("INSTEAD")) {
      throw cursor.refused("a trigger in the place of a statement on a view");
    }
    if (cursor.accept("AFTER")) {
      return false;
    }
    cursor.accept("BEFORE");
    return true;
  }

  private String event() throws RefusedException {
    for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
      if (cursor.accept(event)) {
        return event;
      }
    }
    throw cursor.refused("INSERT, UPDATE or DELETE expected");
  }

  private List<String> columns() throws RefusedException {
    List<String> columns = new ArrayList<>();
    do {
      columns.add(cursor.name());
    } while (cursor.accept(","));
    return columns;
  }

  private List<Trigger.Statement> statements() throws RefusedException {
    cursor.expect("BEGIN");
    List<Trigger.Statement> statements = new ArrayList<>();
    while (!cursor.accept("END")) {
      statements.add(statement());
      cursor.expect(";");
    }
    cursor.expectEnd();
    return statements;
  }

  private Trigger.Statement statement() throws RefusedException {
    if (cursor.peek("SELECT")) {
      return new Trigger.Select(new QueryParser(cursor, expressions).query());
    }
    int at = cursor.offset();
    if (!cursor.accept("UPDATE") || cursor.peek("OR")) {
      throw cursor.refused("a statement of this kind in a trigger");
    }
    String table = qualifiedName();
    cursor.expect("SET");
    List<Trigger.Assignment> assignments = new ArrayList<>();
    do {
      String column = cursor.name();
      cursor.expect("=");
      assignments.add(new Trigger.Assignment(column, expressions.expression()));
    } while (cursor.accept(","));
    Expr where = cursor.accept("WHERE") ? expressions.expression() : null;
    return new Trigger.Update(table, assignments, where, at);
  }
}

package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what follows the name in {@code CREATE TABLE}. */
final class TableParser {
  private final TokenCursor cursor;
  private final String name;
  private final ConstraintParser constraints;
  private final TableDraft draft = new TableDraft();

  TableParser(TokenCursor cursor, String name) {
    this.cursor = cursor;
    this.name = name;
    this.constraints = new ConstraintParser(cursor);
  }

  TableDefinition table() throws UnreadableException {
    cursor.expect("(");
    ColumnParser columns = new ColumnParser(cursor, constraints, draft);
    columns.column();
    while (cursor.accept(",")) {
      if (atConstraint()) {
        tableConstraints();
        break;
      }
      columns.column();
    }
    cursor.expect(")");
    options();
    cursor.expectEnd();
    return draft.finished(name, cursor.sql());
  }

  private boolean atConstraint() {
    return cursor.peek("CONSTRAINT")
        || cursor.peek("PRIMARY")
        || cursor.peek("UNIQUE")
        || cursor.peek("CHECK")
        || cursor.peek("FOREIGN");
  }

  /** Between constraints of the table SQLite does without commas, and a name ends at a comma. */
  private void tableConstraints() throws UnreadableException {
    do {
      String constraint = null;
      while (atConstraint()) {
        if (cursor.accept("CONSTRAINT")) {
          constraint = cursor.name();
        } else {
          tableConstraint(constraint);
          constraint = null;
        }
      }
    } while (cursor.accept(",") && expectConstraint());
  }

  private boolean expectConstraint() throws UnreadableException {
    if (!atConstraint()) {
      throw cursor.unreadable("a constraint of the table expected");
    }
    return true;
  }

  private void tableConstraint(@Nullable String constraint) throws UnreadableException {
    if (cursor.accept("PRIMARY")) {
      cursor.expect("KEY");
      draft.primaryKey(cursor, primaryKey(constraint));
    } else if (cursor.accept("UNIQUE")) {
      draft.uniqueKeys.add(key(constraint, cursor.parenthesised()));
    } else if (cursor.accept("CHECK")) {
      draft.checks.add(new Check(constraint, cursor.expression()));
      constraints.onConflict();
    } else {
      cursor.expect("FOREIGN", "KEY");
      foreignKey(constraint);
    }
  }

  private KeyDefinition primaryKey(@Nullable String constraint) throws UnreadableException {
    List<Token> inside = cursor.parenthesised();
    if (!inside.isEmpty() && inside.get(inside.size() - 1).is("AUTOINCREMENT")) {
      draft.autoincrement = true;
      inside = inside.subList(0, inside.size() - 1);
    }
    return key(constraint, inside);
  }

  private KeyDefinition key(@Nullable String constraint, List<Token> inside)
      throws UnreadableException {
    List<KeyDefinition.Part> parts = new ArrayList<>();
    for (SortedPart part : SortedPart.all(cursor, inside)) {
      parts.add(part.keyPart(cursor));
    }
    return new KeyDefinition(constraint, parts, constraints.onConflict());
  }

  private void foreignKey(@Nullable String constraint) throws UnreadableException {
    List<String> columns = constraints.columnNames();
    cursor.expect("REFERENCES");
    draft.foreignKeys.add(constraints.references(constraint, columns));
    Deferrability deferrability = constraints.deferrability();
    if (deferrability != null) {
      draft.deferLastForeignKey(deferrability);
    }
  }

  private void options() throws UnreadableException {
    if (cursor.atEnd() || cursor.peek(";")) {
      return;
    }
    // SQLite takes a comma before the first option, too.
    cursor.accept(",");
    do {
      option();
    } while (cursor.accept(","));
  }

  private void option() throws UnreadableException {
    if (cursor.accept("WITHOUT")) {
      expectOption("rowid");
      draft.withoutRowid = true;
    } else {
      expectOption("strict");
      draft.strict = true;
    }
  }

  /** An option is a name and may, as names do, stand in quotes. */
  private void expectOption(String option) throws UnreadableException {
    UnreadableException otherwise = cursor.unreadable("WITHOUT ROWID or STRICT expected");
    if (!Identifier.folded(cursor.name()).equals(option)) {
      throw otherwise;
    }
  }
}

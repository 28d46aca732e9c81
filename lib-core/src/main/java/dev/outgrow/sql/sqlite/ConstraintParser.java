package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what constraints of columns and of tables have in common. */
final class ConstraintParser {
  private final TokenCursor cursor;

  ConstraintParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  @Nullable OnConflict onConflict() throws UnreadableException {
    if (!cursor.accept("ON", "CONFLICT")) {
      return null;
    }
    for (OnConflict choice : OnConflict.values()) {
      if (cursor.accept(choice.name())) {
        return choice;
      }
    }
    throw cursor.unreadable("ROLLBACK, ABORT, FAIL, IGNORE or REPLACE expected");
  }

  /** Reads what follows the word REFERENCES. */
  ForeignKey references(@Nullable String name, List<String> columns) throws UnreadableException {
    String table = cursor.name();
    List<String> referenced = cursor.peek("(") ? columnNames() : List.of();
    Action onDelete = Action.NO_ACTION;
    Action onUpdate = Action.NO_ACTION;
    while (true) {
      if (cursor.accept("MATCH")) {
        cursor.name();
      } else if (cursor.accept("ON", "DELETE")) {
        onDelete = action();
      } else if (cursor.accept("ON", "UPDATE")) {
        onUpdate = action();
      } else if (cursor.accept("ON", "INSERT")) {
        // SQLite reads it and does nothing with it.
        action();
      } else {
        break;
      }
    }
    return new ForeignKey(
        name, columns, table, referenced, onDelete, onUpdate, Deferrability.NOT_DEFERRABLE);
  }

  private Action action() throws UnreadableException {
    for (Action action : Action.values()) {
      if (cursor.accept(action.sql().split(" ", -1))) {
        return action;
      }
    }
    throw cursor.unreadable("what to do with the referring rows expected");
  }

  /** Reads the names of a list in brackets. Very old files have an order behind a name. */
  List<String> columnNames() throws UnreadableException {
    List<String> names = new ArrayList<>();
    cursor.expect("(");
    do {
      names.add(cursor.name());
      if (cursor.accept("COLLATE")) {
        cursor.collation();
      }
      skipDirection();
    } while (cursor.accept(","));
    cursor.expect(")");
    return names;
  }

  /** Takes ASC or DESC where one stands and returns whether it is DESC. */
  boolean skipDirection() {
    return !cursor.accept("ASC") && cursor.accept("DESC");
  }

  /** Reads a deferral, or returns null where none stands. */
  @Nullable Deferrability deferrability() throws UnreadableException {
    if (cursor.accept("NOT", "DEFERRABLE")) {
      initially();
      return Deferrability.NOT_DEFERRABLE;
    }
    return cursor.accept("DEFERRABLE") ? initially() : null;
  }

  private Deferrability initially() throws UnreadableException {
    if (!cursor.accept("INITIALLY")) {
      return Deferrability.INITIALLY_IMMEDIATE;
    }
    if (cursor.accept("DEFERRED")) {
      return Deferrability.INITIALLY_DEFERRED;
    }
    cursor.expect("IMMEDIATE");
    return Deferrability.INITIALLY_IMMEDIATE;
  }
}

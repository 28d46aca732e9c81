package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Generated;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.ColumnDefinition.NotNull;
import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a column: its name, its type and its constraints. */
final class ColumnParser {
  private final TokenCursor cursor;
  private final ConstraintParser constraints;
  private final TableDraft draft;

  private String name = "";
  private @Nullable String constraint;
  private @Nullable NotNull notNull;
  private @Nullable DefaultValue defaultValue;
  private @Nullable String collation;
  private @Nullable Generated generated;

  ColumnParser(TokenCursor cursor, ConstraintParser constraints, TableDraft draft) {
    this.cursor = cursor;
    this.constraints = constraints;
    this.draft = draft;
  }

  void column() throws UnreadableException {
    name = cursor.name();
    constraint = null;
    notNull = null;
    defaultValue = null;
    collation = null;
    generated = null;
    String type = DeclaredType.read(cursor);
    while (!cursor.peek(",") && !cursor.peek(")")) {
      if (cursor.accept("CONSTRAINT")) {
        constraint = cursor.name();
      } else {
        constraint();
        constraint = null;
      }
    }
    draft.columns.add(
        new ColumnDefinition(name, type, notNull, defaultValue, collation, generated));
  }

  private void constraint() throws UnreadableException {
    Deferrability deferrability = constraints.deferrability();
    if (deferrability != null) {
      draft.deferLastForeignKey(deferrability);
    } else if (cursor.accept("NOT")) {
      cursor.expect("NULL");
      notNull = new NotNull(constraint, constraints.onConflict());
    } else if (cursor.accept("NULL")) {
      constraints.onConflict();
    } else if (!keyOrCheck()) {
      valueConstraint();
    }
  }

  private boolean keyOrCheck() throws UnreadableException {
    if (cursor.accept("PRIMARY")) {
      cursor.expect("KEY");
      primaryKey();
    } else if (cursor.accept("UNIQUE")) {
      draft.uniqueKeys.add(key(false));
    } else if (cursor.accept("CHECK")) {
      draft.checks.add(new Check(constraint, cursor.expression()));
    } else if (cursor.accept("REFERENCES")) {
      draft.foreignKeys.add(constraints.references(constraint, List.of(name)));
    } else {
      return false;
    }
    return true;
  }

  private void primaryKey() throws UnreadableException {
    boolean descending = constraints.skipDirection();
    draft.primaryKey(cursor, key(descending));
    draft.autoincrement |= cursor.accept("AUTOINCREMENT");
  }

  private KeyDefinition key(boolean descending) throws UnreadableException {
    List<KeyDefinition.Part> parts = List.of(new KeyDefinition.Part(name, null, descending));
    return new KeyDefinition(constraint, parts, constraints.onConflict());
  }

  private void valueConstraint() throws UnreadableException {
    if (cursor.accept("DEFAULT")) {
      defaultValue = defaultValue();
    } else if (cursor.accept("COLLATE")) {
      collation = cursor.collation();
    } else if (cursor.accept("AS") || cursor.accept("GENERATED", "ALWAYS", "AS")) {
      generated = generated();
    } else {
      throw cursor.unreadable("a constraint of the column expected");
    }
  }

  private Generated generated() throws UnreadableException {
    String expression = cursor.expression();
    boolean stored = cursor.accept("STORED");
    if (!stored) {
      cursor.accept("VIRTUAL");
    }
    return new Generated(expression, stored);
  }

  private DefaultValue defaultValue() throws UnreadableException {
    if (cursor.peek("(")) {
      String expression = cursor.expression();
      return new DefaultValue(expression, expression);
    }
    UnreadableException otherwise = cursor.unreadable("a default expected");
    Token first = cursor.next();
    if (first.is("+") || first.is("-")) {
      Token term = cursor.next();
      if (!isTerm(term)) {
        throw otherwise;
      }
      String text = cursor.text(List.of(first, term));
      return new DefaultValue(text, text);
    }
    if (isTerm(first)) {
      return new DefaultValue(first.text(), first.text());
    }
    return bareDefault(first, otherwise);
  }

  private static boolean isTerm(Token token) {
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT, BLOB -> true;
      case WORD -> token.is("NULL") || Keywords.isClock(token.text());
      default -> false;
    };
  }

  /** A name is a text; without quotes, TRUE and FALSE are what they say. */
  private static DefaultValue bareDefault(Token token, UnreadableException otherwise)
      throws UnreadableException {
    boolean named =
        token.kind() == Kind.QUOTED_NAME
            || (token.kind() == Kind.WORD && Keywords.isBareDefault(token.text()));
    if (!named) {
      throw otherwise;
    }
    boolean truth = token.is("TRUE") || token.is("FALSE");
    String expression = truth ? token.text() : Dialect.SQLITE.literal(token.unquoted());
    return new DefaultValue(token.text(), expression);
  }
}

package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Index;
import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.List;

/** Reads the beginning of a {@code CREATE} statement and hands the rest to who knows its kind. */
final class DefinitionParser {
  private final TokenCursor cursor;

  private DefinitionParser(String sql) {
    this.cursor = new TokenCursor(sql);
  }

  static <T extends Definition> Parsed<T> parse(String sql, Class<T> wanted) {
    try {
      Definition definition = new DefinitionParser(sql).definition();
      if (wanted.isInstance(definition)) {
        return new Parsed.Read<>(wanted.cast(definition));
      }
      return new Parsed.Unreadable<>(0, "another kind of statement expected");
    } catch (UnreadableException e) {
      return new Parsed.Unreadable<>(e.offset(), e.reason());
    }
  }

  private Definition definition() throws UnreadableException {
    cursor.expect("CREATE");
    if (cursor.accept("UNIQUE")) {
      cursor.expect("INDEX");
      return index(true);
    }
    if (cursor.accept("INDEX")) {
      return index(false);
    }
    if (cursor.accept("VIRTUAL")) {
      cursor.expect("TABLE");
      return virtualTable();
    }
    if (!cursor.accept("TEMP")) {
      cursor.accept("TEMPORARY");
    }
    return tableViewOrTrigger();
  }

  private Definition tableViewOrTrigger() throws UnreadableException {
    if (cursor.accept("TABLE")) {
      return new TableParser(cursor, createdName()).table();
    }
    if (cursor.accept("VIEW")) {
      return new ViewDefinition(createdName(), cursor.sql());
    }
    if (cursor.accept("TRIGGER")) {
      return new TriggerDefinition(createdName(), cursor.sql());
    }
    throw cursor.unreadable("TABLE, INDEX, VIEW or TRIGGER expected");
  }

  /** Takes the name of what is created, which stands behind that of its schema if that is given. */
  private String createdName() throws UnreadableException {
    cursor.accept("IF", "NOT", "EXISTS");
    String name = cursor.name();
    return cursor.accept(".") ? cursor.name() : name;
  }

  private IndexDefinition index(boolean unique) throws UnreadableException {
    String name = createdName();
    cursor.expect("ON");
    String table = cursor.name();
    List<Index.Part> parts =
        SortedPart.all(cursor, cursor.parenthesised()).stream().map(SortedPart::indexPart).toList();
    String predicate = cursor.accept("WHERE") ? predicate() : null;
    cursor.expectEnd();
    return new IndexDefinition(table, new Index(name, unique, parts, predicate), cursor.sql());
  }

  private String predicate() throws UnreadableException {
    if (cursor.atEnd() || cursor.peek(";")) {
      throw cursor.unreadable("a condition expected");
    }
    List<Token> condition = cursor.rest();
    for (Token token : condition) {
      if (token.kind() == Kind.ILLEGAL || token.is(";")) {
        throw cursor.unreadable(token, "a condition expected");
      }
    }
    return cursor.text(condition);
  }

  private VirtualTableDefinition virtualTable() throws UnreadableException {
    String name = createdName();
    cursor.expect("USING");
    String module = cursor.name();
    String arguments = cursor.peek("(") ? arguments() : "";
    cursor.expectEnd();
    return new VirtualTableDefinition(name, module, arguments, cursor.sql());
  }

  private String arguments() throws UnreadableException {
    List<Token> inside = cursor.parenthesised();
    return inside.isEmpty() ? "" : cursor.text(inside);
  }
}

package dev.outgrow.migration;

import dev.outgrow.database.catalog.SqliteCatalog;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Drops tables and views of a SQLite file. SQLite drops a table whoever depends on it; so those are
 * looked for: tables that refer to it, views that cannot be read without it, triggers elsewhere
 * that name it.
 */
final class SqliteDrop {
  private final Connection connection;
  private final Set<String> doomed = new HashSet<>();
  private final String subject;

  SqliteDrop(Connection connection, Set<String> names, String subject) {
    this.connection = connection;
    this.subject = subject;
    names.forEach(name -> doomed.add(Identifier.folded(name)));
  }

  Dropped run() throws SQLException {
    Schema schema = SqliteCatalog.read(connection);
    List<String> dependents = new ArrayList<>(references(schema));
    dependents.addAll(triggers(schema));
    List<String> readable = new ArrayList<>();
    for (View view : schema.views()) {
      if (!isDoomed(view.name()) && isReadable(view.name())) {
        readable.add(view.name());
      }
    }
    List<String> dropped = new ArrayList<>();
    for (View view : schema.views()) {
      drop("VIEW", view.name(), dropped);
    }
    for (String table : tables(schema)) {
      drop("TABLE", table, dropped);
    }
    for (String view : readable) {
      if (!isReadable(view)) {
        dependents.add("view " + view);
      }
    }
    if (!dependents.isEmpty()) {
      throw Dropped.refused(subject, dependents, null);
    }
    return new Dropped(dropped, List.of());
  }

  private boolean isDoomed(String name) {
    return doomed.contains(Identifier.folded(name));
  }

  private static List<String> tables(Schema schema) {
    Stream<String> virtual =
        schema.others().stream()
            .filter(other -> other.kind() == NamedObject.Kind.VIRTUAL_TABLE)
            .map(NamedObject::name);
    return Stream.concat(virtual, Dropped.inOrder(schema, name -> true).stream()).toList();
  }

  private void drop(String kind, String name, List<String> dropped) throws SQLException {
    if (isDoomed(name)) {
      OwnTransaction.execute(connection, "DROP " + kind + " " + Dialect.SQLITE.quote(name));
      dropped.add(name);
    }
  }

  private List<String> references(Schema schema) {
    List<String> found = new ArrayList<>();
    for (Table table : schema.tables()) {
      for (ForeignKey key : table.foreignKeys()) {
        if (!isDoomed(table.name()) && isDoomed(key.referencedTable())) {
          found.add("table " + table.name() + " refers to " + key.referencedTable());
        }
      }
    }
    return found;
  }

  private List<String> triggers(Schema schema) {
    List<String> found = new ArrayList<>();
    for (Trigger trigger : schema.triggers()) {
      if (!isDoomed(trigger.table())) {
        Tokenizer.tokens(trigger.sql()).stream()
            .filter(
                token -> token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_NAME)
            .map(Token::unquoted)
            .filter(this::isDoomed)
            .findFirst()
            .ifPresent(
                name ->
                    found.add(
                        "trigger " + trigger.name() + " of " + trigger.table() + " names " + name));
      }
    }
    return found;
  }

  /** A view is compiled when a query of it is prepared. */
  private boolean isReadable(String view) {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM " + Dialect.SQLITE.quote(view))) {
      return query.getMetaData().getColumnCount() > 0;
    } catch (SQLException unreadable) {
      return false;
    }
  }
}

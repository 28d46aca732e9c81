package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a schema holds before an import.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables its tables and views, in order of name
 * @since 0.1
 */
public record Holdings(List<Held> tables) {
  private static final String LIST =
      """
      SELECT c.relname, c.relkind IN ('r', 'p')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND NOT EXISTS (SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY c.relname COLLATE "C"
      """;

  /** Copies the list. */
  public Holdings {
    tables = List.copyOf(tables);
  }

  /**
   * A table or a view.
   *
   * @param name its name
   * @param table whether it has rows of its own
   * @param rows how many
   */
  public record Held(String name, boolean table, long rows) {}

  static Holdings of(Database database, String schema) {
    return database.read(tx -> read(tx.connection(), schema));
  }

  private static Holdings read(Connection connection, String schema) throws SQLException {
    List<Held> held = new ArrayList<>();
    try (PreparedStatement list = connection.prepareStatement(LIST)) {
      list.setString(1, schema);
      try (ResultSet rows = list.executeQuery()) {
        while (rows.next()) {
          boolean table = rows.getBoolean(2);
          String name = rows.getString(1);
          held.add(new Held(name, table, table ? count(connection, schema, name) : 0));
        }
      }
    }
    return new Holdings(held);
  }

  private static long count(Connection connection, String schema, String table)
      throws SQLException {
    String name = Dialect.POSTGRESQL.quote(schema) + "." + Dialect.POSTGRESQL.quote(table);
    try (PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM " + name);
        ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns those of some names that hold rows. */
  Holdings withRows(Set<String> names) {
    return new Holdings(
        tables.stream().filter(t -> names.contains(t.name()) && t.rows() > 0).toList());
  }

  boolean holds(String name) {
    return tables.stream().anyMatch(t -> t.name().equals(name));
  }

  List<String> names() {
    return tables.stream().map(Held::name).toList();
  }

  /** Returns how many rows there are. */
  public long rows() {
    return tables.stream().mapToLong(Held::rows).sum();
  }
}

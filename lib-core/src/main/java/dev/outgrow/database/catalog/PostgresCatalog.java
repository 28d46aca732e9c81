package dev.outgrow.database.catalog;

import dev.outgrow.error.StatementException;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a schema of a PostgreSQL database, version 14 to 18, from {@code pg_catalog}, with seven
 * queries however many tables there are.
 *
 * <p>Read are ordinary and partitioned tables, views and materialised views, triggers and
 * sequences; types, partitions, foreign tables, exclusion constraints, functions, rules and
 * policies are {@link Schema#others}, named with their text. Left out are whatever belongs to an
 * extension, an index that is not valid, rights, comments, storage parameters, statistics, and
 * text-search objects. A schema that does not exist holds nothing.
 *
 * <p>A foreign key that leaves the schema names the table it refers to as {@code schema.table}.
 * Expressions are printed by the server, which leaves out the schema of what is on the connection's
 * {@code search_path}. Nothing is written and no transaction is begun or ended: who wants one
 * consistent answer while others change the schema reads in a repeatable-read transaction.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class PostgresCatalog {
  private PostgresCatalog() {}

  /**
   * Reads a schema.
   *
   * @param schema its name, unquoted, in its own case
   * @throws StatementException if the catalogue cannot be read
   */
  public static Schema read(Connection connection, String schema) {
    PostgresQueries queries = new PostgresQueries(connection, schema);
    try {
      PostgresTables tables = new PostgresTables();
      queries.each("postgres-columns.sql", tables::column);
      queries.each("postgres-constraints.sql", tables::constraint);
      queries.each("postgres-indexes.sql", tables::indexPart);
      return new Schema(
          schema,
          tables.finished(),
          views(queries),
          triggers(queries),
          sequences(queries),
          others(queries));
    } catch (SQLException e) {
      throw new StatementException(
          "The catalogue of the schema " + schema + " could not be read: " + e.getMessage() + ".",
          "Check that the connection is open and its transaction not aborted, and that its role"
              + " may read pg_catalog.",
          e.getSQLState(),
          e);
    }
  }

  private static List<View> views(PostgresQueries queries) throws SQLException {
    List<View> views = new ArrayList<>();
    queries.each(
        "postgres-views.sql",
        row ->
            views.add(
                new View(
                    row.getString("name"), row.getString("sql"), row.getBoolean("materialized"))));
    views.sort(Comparator.comparing(View::name));
    return views;
  }

  private static List<Trigger> triggers(PostgresQueries queries) throws SQLException {
    List<Trigger> triggers = new ArrayList<>();
    queries.each(
        "postgres-triggers.sql",
        row ->
            triggers.add(
                new Trigger(
                    row.getString("name"), row.getString("table_name"), row.getString("sql"))));
    triggers.sort(Comparator.comparing(Trigger::name).thenComparing(Trigger::table));
    return triggers;
  }

  private static List<Sequence> sequences(PostgresQueries queries) throws SQLException {
    List<Sequence> sequences = new ArrayList<>();
    queries.each("postgres-sequences.sql", row -> sequences.add(sequence(row)));
    sequences.sort(Comparator.comparing(Sequence::name));
    return sequences;
  }

  private static Sequence sequence(ResultSet row) throws SQLException {
    String table = row.getString("owner_table");
    return new Sequence(
        row.getString("name"),
        row.getString("type"),
        row.getLong("start"),
        row.getLong("increment"),
        row.getLong("minimum"),
        row.getLong("maximum"),
        row.getLong("cache"),
        row.getBoolean("cycle"),
        table == null
            ? null
            : new Sequence.Owner(table, row.getString("owner_column"), row.getBoolean("identity")));
  }

  private static List<NamedObject> others(PostgresQueries queries) throws SQLException {
    List<NamedObject> others = new ArrayList<>();
    queries.each(
        "postgres-others.sql",
        row ->
            others.add(
                new NamedObject(
                    NamedObject.Kind.valueOf(row.getString("kind")),
                    row.getString("table_name"),
                    row.getString("name"),
                    row.getString("definition"))));
    others.sort(
        Comparator.comparing(NamedObject::kind)
            .thenComparing(o -> o.table() == null ? "" : o.table())
            .thenComparing(NamedObject::name));
    return others;
  }
}

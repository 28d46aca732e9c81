package dev.outgrow.database.catalog;

import dev.outgrow.error.StatementException;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a schema of a PostgreSQL database, version 14 to 18, from {@code pg_catalog}, with five
 * queries however many tables there are.
 *
 * <p>Read are ordinary and partitioned tables, views and materialised views, and triggers. Left out
 * are partitions, foreign tables, whatever belongs to an extension, and what the vocabulary has no
 * word for: exclusion constraints, access methods, operator classes and included columns of
 * indexes, and whether a constraint has been validated. A schema that does not exist holds nothing.
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
      return new Schema(schema, tables.finished(), views(queries), triggers(queries));
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
        row -> views.add(new View(row.getString("name"), row.getString("sql"))));
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
}

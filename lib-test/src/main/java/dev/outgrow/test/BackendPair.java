package dev.outgrow.test;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.test.internal.Rows;

/**
 * The same chains and seeds on both backends at once.
 *
 * <p><em>Immutable.</em>
 *
 * @param postgres the one on PostgreSQL
 * @param sqlite the one on SQLite
 * @since 0.1
 */
public record BackendPair(Database postgres, Database sqlite) {
  /**
   * Checks the backends.
   *
   * @throws ConfigurationException if one is the other's
   */
  public BackendPair {
    require(postgres, Backend.POSTGRESQL);
    require(sqlite, Backend.SQLITE);
  }

  private static void require(Database database, Backend backend) {
    if (database.backend() != backend) {
      throw new ConfigurationException(
          "The database", database.url().toString(), "one on " + backend.title());
    }
  }

  /**
   * Runs a query on both and fails where the rows differ, in the order in which they come. Numbers
   * are equal where their values are, whatever their types; {@code true} is 1; a moment, a date, a
   * UUID and JSON are as they are written, a moment in UTC as {@code 2024-05-01T12:00:00Z}, so that
   * a column that SQLite keeps in another form has to be cast in the query.
   *
   * @param query the same for both, with a {@code ?} for each parameter
   * @throws AssertionError if the rows differ; it shows the first 10 rows that do
   * @throws dev.outgrow.error.OutgrowException if one of them refuses the query
   */
  public void assertSame(String query, Object... parameters) {
    compare(Rows.of(postgres, query, parameters), Rows.of(sqlite, query, parameters), query);
  }

  /** Compares as {@link #assertSame} does, whatever the order of the rows. */
  public void assertSameInAnyOrder(String query, Object... parameters) {
    compare(
        Rows.of(postgres, query, parameters).sorted(),
        Rows.of(sqlite, query, parameters).sorted(),
        query);
  }

  private static void compare(Rows onPostgres, Rows onSqlite, String query) {
    String difference = onPostgres.difference(onSqlite);
    if (!difference.isEmpty()) {
      throw new AssertionError("The backends answer differently: " + query + "\n" + difference);
    }
  }
}

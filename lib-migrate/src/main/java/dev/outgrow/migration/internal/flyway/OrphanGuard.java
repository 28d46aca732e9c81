package dev.outgrow.migration.internal.flyway;

import dev.outgrow.error.MigrationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the orphans of a SQLite file, where foreign keys are off while the schema is changed: what
 * leaves more of them than it found is refused before it is committed.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class OrphanGuard {
  private static final String ROLLED_BACK =
      "Change the script so that every reference is met; it was rolled back.";
  private static final String STAYS =
      "It ran outside of a transaction, so all of it is there: take that back, change the script so"
          + " that every reference is met, run repair and then migrate.";

  private final String chain;
  private Map<String, Long> known = Map.of();

  /** Begins for a chain, for messages. */
  public OrphanGuard(String chain) {
    this.chain = chain;
  }

  /** Counts what is there already, which is let be. */
  public void look(Connection connection) throws SQLException {
    known = orphans(connection);
  }

  /**
   * Counts again.
   *
   * @param script what has run, for messages
   * @param transactional whether it is rolled back then
   * @throws MigrationException if there are more than before
   */
  public void refuseMore(Connection connection, String script, boolean transactional)
      throws SQLException {
    Map<String, Long> found = orphans(connection);
    found.forEach(
        (tables, count) -> {
          long more = count - known.getOrDefault(tables, 0L);
          if (more > 0) {
            throw refused(script, tables, more, transactional ? ROLLED_BACK : STAYS);
          }
        });
    known = found;
  }

  private MigrationException refused(String script, String tables, long more, String remedy) {
    return new MigrationException(
        new MigrationException.Place(chain, script, 0),
        "Migration "
            + script
            + " of chain "
            + chain
            + " would leave orphans: "
            + more
            + " rows of "
            + tables
            + ", where there is no such row.",
        remedy,
        null,
        null,
        null);
  }

  private static Map<String, Long> orphans(Connection connection) throws SQLException {
    Map<String, Long> orphans = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
      while (rows.next()) {
        orphans.merge(rows.getString(1) + " refer to " + rows.getString(3), 1L, Long::sum);
      }
    }
    return orphans;
  }
}

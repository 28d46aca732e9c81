package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.MigrationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Looks after foreign keys on SQLite, which are off while a migration runs: one that leaves more
 * orphans than it found is refused before it is committed.
 */
final class ForeignKeyGuard extends BaseCallback {
  private static final String ROLLED_BACK =
      "Change the script so that every reference is met; it was rolled back.";
  private static final String STAYS =
      "It ran outside of a transaction, so all of it is there: take that back, change the script so"
          + " that every reference is met, run repair and then migrate.";

  private final String chain;
  private Map<String, Long> known = Map.of();

  ForeignKeyGuard(String chain) {
    this.chain = chain;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      Map<String, Long> found = orphans(context.getConnection());
      if (event == Event.AFTER_EACH_MIGRATE) {
        refuseMore(
            found,
            context.getMigrationInfo().getScript(),
            RunCallback.isTransactional(context) ? ROLLED_BACK : STAYS);
      }
      known = found;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Checking the foreign keys");
    }
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

  private void refuseMore(Map<String, Long> found, String script, String remedy) {
    found.forEach(
        (tables, count) -> {
          long more = count - known.getOrDefault(tables, 0L);
          if (more > 0) {
            throw new MigrationException(
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
        });
  }
}

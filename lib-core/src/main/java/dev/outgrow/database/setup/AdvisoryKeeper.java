package dev.outgrow.database.setup;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The lock in PostgreSQL. Its connection does nothing else and is in no transaction.
 *
 * <p>The server ends the sessions of a holder that was killed one by one: the idle one of the lock
 * at once, one with a statement that still runs when that is done. So those who work under the lock
 * share a second one, and who takes the lock waits until nobody has that any more.
 */
final class AdvisoryKeeper implements ChangeLock.Keeper {
  /** "outgrow" in ASCII: no number that another library would come upon. */
  private static final long KEY = 0x6f757467726f77L;

  /** "outwork" in ASCII. */
  private static final long WORK_KEY = 0x6f7574776f726bL;

  private final Connection connection;
  private boolean ours;

  AdvisoryKeeper(Database database) {
    this.connection = database.ownConnection();
  }

  /** Marks a session as one that works under the lock, until it ends. */
  static void share(Connection worker) {
    ask(
        worker,
        "SELECT true FROM (SELECT pg_catalog.pg_advisory_lock_shared(?)) AS taken",
        WORK_KEY);
  }

  @Override
  public boolean take() {
    if (!ours) {
      ours = ask(connection, "SELECT pg_catalog.pg_try_advisory_lock(?)", KEY);
    }
    return ours && nobodyWorks();
  }

  private boolean nobodyWorks() {
    return ask(connection, "SELECT pg_catalog.pg_try_advisory_lock(?)", WORK_KEY)
        && ask(connection, "SELECT pg_catalog.pg_advisory_unlock(?)", WORK_KEY);
  }

  private static boolean ask(Connection connection, String sql, long key) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Taking the lock on the schema");
    }
  }

  /** The lock ends with its session. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Letting go of the lock on the schema");
    }
  }
}

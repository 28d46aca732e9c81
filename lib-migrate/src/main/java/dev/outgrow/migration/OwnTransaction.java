package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * One transaction on a connection beside the pool. On SQLite foreign keys are off in it, as a table
 * that is dropped would delete the rows that refer to it, and it has the lock for writing from its
 * beginning: taken later, it could fail in the middle. On PostgreSQL its statements wait for locks
 * no longer than those of a migration.
 */
final class OwnTransaction {
  private OwnTransaction() {}

  /** What is done in the transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Does it and commits; rolls back whatever it throws.
   *
   * @param doing what is being done, to be read before "failed"
   */
  static <T> T run(ChainSet set, String doing, Work<T> work) {
    Database database = set.database();
    try (Connection connection = database.ownConnection()) {
      boolean sqlite = database.backend() == Backend.SQLITE;
      ChangeLock.share(database, connection);
      begin(connection, sqlite, set.settings().locks().timeout());
      try {
        T result = work.in(connection);
        end(connection, sqlite, "COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error failure) {
        rollback(connection, sqlite, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, doing);
    }
  }

  /** Runs a statement. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  private static void begin(Connection connection, boolean sqlite, Duration lockTimeout)
      throws SQLException {
    if (sqlite) { // the driver's own would be without the lock
      execute(connection, "PRAGMA foreign_keys = OFF");
      if (!isWal(connection)) { // where what does not fit the cache would lock out who copies
        execute(connection, "PRAGMA cache_spill = OFF"); // heard outside of a transaction alone
      }
      execute(connection, "BEGIN IMMEDIATE");
    } else {
      connection.setAutoCommit(false);
      execute(connection, "SET LOCAL statement_timeout = 0");
      if (!lockTimeout.isZero()) {
        execute(connection, "SET LOCAL lock_timeout = " + lockTimeout.toMillis());
      }
    }
  }

  private static boolean isWal(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA journal_mode")) {
      return row.next() && "wal".equals(row.getString(1));
    }
  }

  private static void end(Connection connection, boolean sqlite, String how) throws SQLException {
    if (sqlite) {
      execute(connection, how);
    } else if (how.equals("COMMIT")) {
      connection.commit();
    } else {
      connection.rollback();
    }
  }

  private static void rollback(Connection connection, boolean sqlite, Throwable reason) {
    try {
      end(connection, sqlite, "ROLLBACK");
    } catch (SQLException | OutgrowException second) {
      reason.addSuppressed(second);
    }
  }
}

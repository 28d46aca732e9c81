package dev.outgrow.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** How a transaction begins and ends. */
enum Boundary {
  /** PostgreSQL, read committed. */
  POSTGRESQL_WRITE(true, null),
  /** PostgreSQL, one snapshot for the whole transaction, as SQLite has it. */
  POSTGRESQL_READ(true, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
  /** SQLite, the lock for writing taken at once: taken later, it could fail in the middle. */
  SQLITE_WRITE(false, "BEGIN IMMEDIATE"),
  /** SQLite, one snapshot from the first statement on. */
  SQLITE_READ(false, "BEGIN");

  private static final String IN_FAILED_TRANSACTION = "25P02";

  // The SQLite driver's own commit and rollback begin the next transaction at once, and can fail on
  // that although they were done. There the SQL is said by hand.
  private final boolean byDriver;
  private final @Nullable String beginning;

  Boundary(boolean byDriver, @Nullable String beginning) {
    this.byDriver = byDriver;
    this.beginning = beginning;
  }

  void begin(Connection connection) throws SQLException {
    if (byDriver) {
      connection.setAutoCommit(false);
    }
    if (beginning != null) {
      execute(connection, beginning);
    }
  }

  void commit(Connection connection) throws SQLException {
    if (byDriver) {
      requireIntact(connection);
      connection.commit();
      connection.setAutoCommit(true);
    } else {
      execute(connection, "COMMIT");
    }
  }

  void rollback(Connection connection) throws SQLException {
    if (byDriver) {
      connection.rollback();
      connection.setAutoCommit(true);
    } else {
      execute(connection, "ROLLBACK");
    }
  }

  /** The server answers COMMIT with a rollback after a failed statement; the driver is silent. */
  private static void requireIntact(Connection connection) throws SQLException {
    BaseConnection driver = connection.unwrap(BaseConnection.class);
    if (driver.getTransactionState() == TransactionState.FAILED) {
      throw new SQLException(
          "one of its statements failed before, so that it cannot be committed",
          IN_FAILED_TRANSACTION);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.outgrow.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.sqlite.SQLiteConnection;

/** What a connection that belongs to somebody else is set to while it is used here. */
enum SessionUse {
  POSTGRESQL(BaseConnection.class) {
    @Override
    Restoring prepareSession(Connection connection) throws SQLException {
      // The server tells the driver of each change, so that this asks nobody.
      String zone = connection.unwrap(BaseConnection.class).getParameterStatus("TimeZone");
      if (zone == null || zone.equals("UTC")) {
        return lent -> {};
      }
      execute(connection, "SET TimeZone TO 'UTC'");
      return lent -> execute(lent, "SET TimeZone TO " + Backend.POSTGRESQL.dialect().literal(zone));
    }
  },
  SQLITE_WRITE(SQLiteConnection.class) {
    @Override
    Restoring prepareSession(Connection connection) throws SQLException {
      return inAutoCommit(pragmaOn(connection, "foreign_keys"));
    }
  },
  SQLITE_READ(SQLiteConnection.class) {
    @Override
    Restoring prepareSession(Connection connection) throws SQLException {
      return inAutoCommit(pragmaOn(connection, "query_only"));
    }
  };

  private final Class<? extends Connection> driver;

  SessionUse(Class<? extends Connection> driver) {
    this.driver = driver;
  }

  /** Puts back what was changed. */
  @FunctionalInterface
  interface Restoring {
    void restore(Connection connection) throws SQLException;
  }

  Restoring prepare(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      return prepareSession(connection);
    }
    connection.setAutoCommit(true);
    Restoring session = prepareSession(connection);
    return lent -> {
      session.restore(lent);
      lent.setAutoCommit(false);
    };
  }

  abstract Restoring prepareSession(Connection connection) throws SQLException;

  /**
   * Refuses a connection on which somebody else has begun a transaction: leaving it would commit
   * that. Only of HikariCP it is known that such a transaction is nobody's: it begins one itself
   * for the statement that it begins connections with.
   */
  static void requireNoTransaction(Connection connection) throws SQLException {
    boolean within =
        connection.isWrapperFor(BaseConnection.class)
            ? connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE
            : !connection.getAutoCommit();
    if (within) {
      throw new HandedIn.Refusal(
          "it gives one within a transaction; hand in the pool itself, and not a data source that"
              + " takes part in transactions",
          null);
    }
  }

  Connection driverConnection(Connection connection) throws SQLException {
    return connection.unwrap(driver);
  }

  private static Restoring pragmaOn(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA " + pragma)) {
      if (answer.next() && answer.getInt(1) == 1) {
        return lent -> {};
      }
    }
    execute(connection, "PRAGMA " + pragma + " = ON");
    return lent -> execute(lent, "PRAGMA " + pragma + " = OFF");
  }

  /** The driver leaves that mode, without telling anybody, when a savepoint is set. */
  private static Restoring inAutoCommit(Restoring before) {
    return lent -> {
      lent.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(true);
      before.restore(lent);
    };
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** How a transaction begins, ends and is stopped on a backend. */
interface Boundary {
  /** The SQLSTATE of statements after one that failed. */
  String IN_FAILED_TRANSACTION = "25P02";

  /** Begins. */
  void begin(RunningTransaction tx) throws SQLException;

  /** Refuses to commit what is rolled back already, or will be. */
  void requireIntact(RunningTransaction tx) throws SQLException;

  /** Commits. */
  void commit(RunningTransaction tx) throws SQLException;

  /** Undoes everything. */
  void rollback(RunningTransaction tx) throws SQLException;

  /** Stops the statement that runs, from another thread; without one it does nothing. */
  void stop(RunningTransaction tx) throws SQLException;

  /** Whether a commit failed in a way that leaves open what became of it. */
  boolean isUnknown(RunningTransaction tx) throws SQLException;

  /** Rolls back and says why the work failed. What fails beside it is added as suppressed. */
  OutgrowException explain(RunningTransaction tx, SQLException failure, Undo undo);

  /** Rolls back and says why the commit failed. What fails beside it is added as suppressed. */
  OutgrowException explainCommit(RunningTransaction tx, SQLException failure, Undo undo);

  /** Whether its statements must be guarded one by one. */
  boolean guardsStatements(TransactionOptions options);

  /** Rolls back; a failure of that is added to the reason. */
  interface Undo {
    void because(Throwable reason);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.outgrow.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs work in one transaction on a connection of a pool. */
final class TransactionRunner {
  private final Lender pool;
  private final Boundary boundary;

  TransactionRunner(Lender pool, Boundary boundary) {
    this.pool = pool;
    this.boundary = boundary;
  }

  <T extends @Nullable Object> T run(TransactionWork<T> work) {
    Connection connection = borrow();
    try (connection) {
      return within(connection, work);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "A transaction");
    }
  }

  private Connection borrow() {
    try {
      return pool.borrow();
    } catch (SQLException failure) {
      throw pool.refused(failure);
    }
  }

  private <T extends @Nullable Object> T within(Connection connection, TransactionWork<T> work)
      throws SQLException {
    boundary.begin(connection);
    ScopedConnection scope = new ScopedConnection(connection);
    try {
      T result = work.apply(scope);
      scope.end();
      boundary.commit(connection);
      return result;
    } catch (Throwable failure) {
      scope.end();
      rollback(connection, failure);
      throw failure;
    }
  }

  private void rollback(Connection connection, Throwable reason) {
    try {
      boundary.rollback(connection);
    } catch (SQLException failure) {
      reason.addSuppressed(failure);
      pool.evict(connection);
    }
  }
}

package dev.outgrow.query.internal;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;

/**
 * Work that needs one connection throughout, in one transaction: the caller's if there is one, else
 * one that begins and ends with the work.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class OneConnection {
  /**
   * Work on a connection.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work; the context is on the connection. */
    T apply(DSLContext ctx, Connection connection) throws SQLException;
  }

  private OneConnection() {}

  /**
   * Does the work, all of it or nothing.
   *
   * @throws OutgrowException if the database refuses
   */
  public static <T> T inTransaction(DSLContext ctx, String doing, Work<T> work) {
    return ctx.connectionResult(
        connection -> {
          try {
            return connection.getAutoCommit()
                ? begun(ctx, connection, work)
                : work.apply(on(ctx, connection), connection);
          } catch (SQLException failure) {
            throw SqlFailures.translate(failure, doing);
          }
        });
  }

  private static <T> T begun(DSLContext ctx, Connection connection, Work<T> work)
      throws SQLException {
    boolean byDriver = ctx.family() != SQLDialect.SQLITE;
    begin(connection, byDriver);
    boolean done = false;
    try {
      T result = work.apply(on(ctx, connection), connection);
      end(connection, byDriver, true);
      done = true;
      return result;
    } finally {
      if (!done) {
        end(connection, byDriver, false);
      }
      if (byDriver) {
        connection.setAutoCommit(true);
      }
    }
  }

  private static DSLContext on(DSLContext ctx, Connection connection) {
    return DSL.using(ctx.configuration().derive(new DefaultConnectionProvider(connection)));
  }

  /** SQLite's driver begins the next transaction with each commit; there it is said by hand. */
  private static void begin(Connection connection, boolean byDriver) throws SQLException {
    if (byDriver) {
      connection.setAutoCommit(false);
    } else {
      execute(connection, "BEGIN IMMEDIATE");
    }
  }

  private static void end(Connection connection, boolean byDriver, boolean success)
      throws SQLException {
    if (!byDriver) {
      execute(connection, success ? "COMMIT" : "ROLLBACK");
    } else if (success) {
      connection.commit();
    } else {
      connection.rollback();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

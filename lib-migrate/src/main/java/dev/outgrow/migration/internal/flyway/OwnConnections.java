package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.setup.ChangeLock;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections beside the pool, for Flyway: it takes two at a time, which a pool of one has not, and
 * leaves settings in their sessions. On SQLite foreign keys are off in them: with keys on, {@code
 * DROP TABLE} of a table that is made anew deletes the rows that refer to it. On PostgreSQL a
 * statement may take its time: the limits of an application's queries would end every change of a
 * large table, and the session that holds Flyway's lock meanwhile.
 */
final class OwnConnections implements DataSource {
  private final Database database;
  private final Duration lockTimeout;

  OwnConnections(Database database) {
    this(database, Duration.ZERO);
  }

  OwnConnections(Database database, Duration lockTimeout) {
    this.database = database;
    this.lockTimeout = lockTimeout;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = database.ownConnection();
    try (Statement statement = connection.createStatement()) {
      ChangeLock.share(database, connection);
      if (database.backend() == Backend.SQLITE) {
        statement.execute("PRAGMA foreign_keys = OFF");
      } else {
        statement.execute("SET statement_timeout = 0");
        statement.execute("SET idle_in_transaction_session_timeout = 0");
        if (!lockTimeout.isZero()) {
          statement.execute("SET lock_timeout = " + lockTimeout.toMillis());
        }
      }
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The database's URL says who connects");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("No " + type.getName() + " is beneath");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}

package dev.outgrow.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/**
 * Connects to a SQLite file, foreign keys on. The one that writes puts the file into WAL mode,
 * which stays with the file; the others cannot write.
 */
final class SqliteConnector implements Connector {
  private final String jdbcUrl;
  private final Duration busyTimeout;
  private final boolean writes;

  SqliteConnector(Path file, Duration busyTimeout, boolean writes) {
    // As a URI, since in a plain path the driver would take a question mark for its own.
    this.jdbcUrl = "jdbc:sqlite:file:" + Percent.encodePath(uriPath(file));
    this.busyTimeout = busyTimeout;
    this.writes = writes;
  }

  @Override
  public Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    config.enforceForeignKeys(true);
    Connection connection = config.createConnection(jdbcUrl);
    try {
      prepare(connection);
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!writes) {
        statement.execute("PRAGMA query_only = ON");
        return;
      }
      try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
        if (!mode.next() || !"wal".equals(mode.getString(1))) {
          throw new SQLException(
              "its file system cannot share memory, which SQLite's WAL mode needs");
        }
      }
    }
  }

  private static String uriPath(Path file) {
    String path = file.toAbsolutePath().toString().replace('\\', '/');
    return path.startsWith("/") ? path : "/" + path;
  }
}

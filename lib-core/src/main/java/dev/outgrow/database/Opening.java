package dev.outgrow.database;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves a first connection and only then builds the pools. */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String VERSION = "SHOW server_version";

  private Opening() {}

  static Database open(DatabaseConfig config) {
    return switch (config.url().backend()) {
      case POSTGRESQL -> postgres(config);
      case SQLITE -> sqlite(config, config.url().file().orElseThrow());
    };
  }

  /** Opens as soon as one connection succeeds. */
  static Database openWhenReady(DatabaseConfig config, Readiness readiness) {
    return readiness.await(
        left -> {
          String version = prove(config, left);
          LOG.debug("{} answers as version {}", config.url(), version);
          return open(config);
        });
  }

  /**
   * Connects once and lets go again, in the configured time or less.
   *
   * @return the version that answered
   */
  static String prove(DatabaseConfig config, Duration atMost) {
    return switch (config.url().backend()) {
      case POSTGRESQL -> postgresVersion(config, new PostgresConnector(config, atMost));
      case SQLITE -> sqliteVersion(config, atMost);
    };
  }

  private static Database postgres(DatabaseConfig config) {
    PostgresConnector connector = new PostgresConnector(config);
    Connection proven = null;
    try {
      proven = connector.connect();
      return postgres(config, ask(proven, VERSION), new ProvenFirst(connector, proven));
    } catch (SQLException failure) {
      throw closedAfter(proven, SqlFailures.translate(failure, "Connecting to " + config.url()));
    } catch (RuntimeException failure) {
      throw closedAfter(proven, failure);
    }
  }

  private static RuntimeException closedAfter(
      @Nullable Connection proven, RuntimeException failure) {
    if (proven != null) {
      try {
        proven.close();
      } catch (SQLException second) {
        failure.addSuppressed(second);
      }
    }
    return failure;
  }

  private static Database postgres(DatabaseConfig config, String version, ProvenFirst connector) {
    Lender pool =
        Remembering.where(
            config,
            new Pool(
                "postgresql",
                config,
                connector,
                config.minimumPoolSize(),
                config.maximumPoolSize(),
                connector::close));
    return new Database(
        config.choice(),
        version,
        atMost -> prove(config, atMost),
        pool,
        pool,
        Transactions.postgres(
            pool, config.replica().isPresent() ? Replica.open(config, pool) : null));
  }

  private static String postgresVersion(DatabaseConfig config, Connector connector) {
    try {
      return ask(connector, VERSION);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Connecting to " + config.url());
    }
  }

  private static Database sqlite(DatabaseConfig config, Path file) {
    String version = sqliteVersion(config, config.busyTimeout());
    Connector writing = new SqliteConnector(file, config.busyTimeout(), true);
    Connector reading = new SqliteConnector(file, config.busyTimeout(), false);
    Lender writer =
        Remembering.where(
            config, new Pool("sqlite writer", config, writing, 1, 1, () -> Checkpoint.of(file)));
    Lender readers =
        Remembering.where(config, new Pool("sqlite readers", config, reading, 1, config.readers()));
    return new Database(
        config.choice(),
        version,
        atMost -> prove(config, atMost),
        writer,
        readers,
        Transactions.sqlite(writer, readers, config.acquisitionTimeout()));
  }

  private static String sqliteVersion(DatabaseConfig config, Duration atMost) {
    Path file = config.url().file().orElseThrow();
    if (config.choice().inDataFolder()) {
      DataFolder.makeFor(file);
    }
    requirePlace(file);
    Duration busy = config.busyTimeout();
    Connector once = new SqliteConnector(file, busy.compareTo(atMost) < 0 ? busy : atMost, true);
    try {
      return ask(once, "SELECT sqlite_version()");
    } catch (SQLException failure) {
      throw notOpened(file, failure);
    }
  }

  private static String ask(Connector connector, String sql) throws SQLException {
    try (Connection connection = connector.connect()) {
      return ask(connection, sql);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static void requirePlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new SourceFileException(
          file,
          "The SQLite file " + file + " cannot be opened: its folder does not exist.",
          "Create the folder, or correct the path.",
          null);
    }
    if (Files.isDirectory(file)) {
      throw new SourceFileException(
          file, "The SQLite file " + file + " is a folder.", "Name a file in it.", null);
    }
  }

  private static RuntimeException notOpened(Path file, SQLException failure) {
    RuntimeException translated = SqlFailures.translate(failure, "Opening the SQLite file " + file);
    if (translated instanceof UnavailableException || translated instanceof TimeLimitException) {
      return translated;
    }
    String what =
        "Opening the SQLite file " + file + " failed: " + SqlFailures.words(failure) + ".";
    return new SourceFileException(
        file, what, "Check that it is a SQLite file and may be read and written.", failure);
  }
}

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

/** Proves a first connection and only then builds the pools. */
final class Opening {
  private Opening() {}

  static Database open(DatabaseConfig config) {
    return switch (config.url().backend()) {
      case POSTGRESQL -> postgres(config);
      case SQLITE -> sqlite(config, config.url().file().orElseThrow());
    };
  }

  private static Database postgres(DatabaseConfig config) {
    Connector connector = new PostgresConnector(config);
    String version;
    try {
      version = ask(connector, "SHOW server_version");
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Connecting to " + config.url());
    }
    Pool pool =
        new Pool(
            "postgresql", config, connector, config.minimumPoolSize(), config.maximumPoolSize());
    Watch watch = new Watch();
    TransactionRunner runner =
        new TransactionRunner(pool, new PostgresBoundary(), watch, Retrying.ofSystem(), null);
    return new Database(config.url(), version, pool, pool, runner, runner, watch);
  }

  private static Database sqlite(DatabaseConfig config, Path file) {
    requirePlace(file);
    Connector writing = new SqliteConnector(file, config.busyTimeout(), true);
    String version;
    try {
      version = ask(writing, "SELECT sqlite_version()");
    } catch (SQLException failure) {
      throw notOpened(file, failure);
    }
    Connector reading = new SqliteConnector(file, config.busyTimeout(), false);
    Pool writer = new Pool("sqlite writer", config, writing, 1, 1);
    Pool readers = new Pool("sqlite readers", config, reading, 1, config.readers());
    Watch watch = new Watch();
    Boundary boundary = new SqliteBoundary();
    Retrying retrying = Retrying.ofSystem();
    return new Database(
        config.url(),
        version,
        writer,
        readers,
        new TransactionRunner(
            writer, boundary, watch, retrying, new Turns(config.acquisitionTimeout())),
        new TransactionRunner(readers, boundary, watch, retrying, null),
        watch);
  }

  private static String ask(Connector connector, String sql) throws SQLException {
    try (Connection connection = connector.connect();
        Statement statement = connection.createStatement();
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

package dev.outgrow.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a SQLite file's log holds into the file itself, when the last connection of this
 * process has gone. SQLite does so on its own only if no other program has the file open; then a
 * copy of the file alone would lack the newest rows.
 */
final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private Checkpoint() {}

  /** Does what can be done without waiting for another program; the log keeps the rest safe. */
  static void of(Path file) {
    if (!hasLog(file)) {
      return;
    }
    try (Connection connection = new SqliteConnector(file, Duration.ZERO, true).connect();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (!answer.next() || answer.getInt("busy") != 0) {
        LOG.info("Another program uses {}: its newest rows stay in its log, {}-wal", file, file);
      }
    } catch (SQLException failure) {
      LOG.warn(
          "The log of {} could not be brought into the file, and stays beside it: {}",
          file,
          SqlFailures.words(failure));
    }
  }

  private static boolean hasLog(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    try {
      return Files.exists(log) && Files.size(log) > 0;
    } catch (IOException gone) {
      // Between the two questions another program has closed the file, and taken the log with it.
      return Files.exists(log);
    }
  }
}

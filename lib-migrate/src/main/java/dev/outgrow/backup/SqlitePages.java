package dev.outgrow.backup;

import dev.outgrow.database.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteConnection;

/** A SQLite file as a whole. */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class SqlitePages {
  private static final int OK = 0;
  private static final int PAUSE_MILLIS = 50;
  private static final int ALL = -1;

  private SqlitePages() {}

  /** Opens a file that nobody writes to, and writes nothing, not even a file beside it. */
  static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=ro&immutable=1");
  }

  static long number(Connection connection, String pragma) throws SQLException {
    return Long.parseLong(text(connection, "PRAGMA " + pragma));
  }

  static String text(Connection connection, String query) throws SQLException {
    return texts(connection, query).get(0);
  }

  static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /**
   * Has SQLite look at every page.
   *
   * @throws BackupException if something is wrong, with its words
   */
  static void requireWhole(Path file, Connection connection, Supervision supervision)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        Supervision.Watched watched = supervision.watching(statement::cancel);
        ResultSet words = statement.executeQuery("PRAGMA integrity_check(1)")) {
      String first = words.next() ? words.getString(1) : "it said nothing";
      if (!first.equals("ok")) {
        throw new BackupException(
            file,
            "SQLite finds the copy " + file + " damaged: " + first + ".",
            "If this was being made, mend the database (its own integrity_check names the same);"
                + " otherwise take another backup.",
            null);
      }
    }
  }

  /**
   * Puts a file's pages in the place of a database's, in one transaction of SQLite: whoever has it
   * open sees the one or the other, and a process that is killed leaves a transaction that was not
   * committed.
   */
  static void replace(Database database, Path file, Duration patience)
      throws SQLException, IOException {
    try (Connection connection = database.ownConnection()) {
      long size = number(connection, "page_size");
      Path fitting = fitting(file, size);
      try {
        copy(connection, fitting, patience);
      } finally {
        if (!fitting.equals(file)) {
          Files.deleteIfExists(fitting);
        }
      }
    }
  }

  private static void copy(Connection connection, Path file, Duration patience)
      throws SQLException {
    int tries = Math.toIntExact(Math.max(1, patience.toMillis() / PAUSE_MILLIS));
    AtomicBoolean done = new AtomicBoolean();
    int code =
        connection
            .unwrap(SQLiteConnection.class)
            .getDatabase()
            .restore(
                "main",
                file.toString(),
                (remaining, pages) -> done.set(remaining == 0),
                PAUSE_MILLIS,
                tries,
                ALL);
    // The code is that of the file that is read; only the last step says that it was committed.
    if (code != OK || !done.get()) {
      throw new BackupException(
          file,
          "SQLite did not put the backup "
              + file
              + " in: another is writing, or the disk of the database is full (code "
              + code
              + ").",
          "Let the other end, or make room; nothing was changed.",
          null);
    }
  }

  /**
   * A file in WAL mode keeps the size of its pages; a backup of another is copied, and that
   * vacuumed.
   */
  private static Path fitting(Path file, long size) throws SQLException, IOException {
    try (Connection source = open(file)) {
      if (number(source, "page_size") == size) {
        return file;
      }
    }
    Path other = TempFiles.create("sqlite");
    try {
      try (OutputStream out = Files.newOutputStream(other)) {
        Files.copy(file, out); // which keeps the file for this user alone
      }
      try (Connection copy =
              DriverManager.getConnection("jdbc:sqlite:file:" + other.toUri().getRawPath());
          Statement statement = copy.createStatement()) {
        statement.execute("PRAGMA page_size = " + size);
        statement.execute("VACUUM");
      }
      return other;
    } catch (SQLException | IOException | RuntimeException failure) {
      Files.deleteIfExists(other);
      throw failure;
    }
  }
}

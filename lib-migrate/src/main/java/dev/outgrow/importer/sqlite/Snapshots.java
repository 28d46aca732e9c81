package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.page.PageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** Opens SQLite files for reading, and holds them at one moment. */
final class Snapshots {
  /** The driver allows a billion bytes; an application may have allowed itself more. */
  private static final String LONGEST_VALUE = "2147483647";

  private Snapshots() {}

  /**
   * Opens a file to read it. The path goes in as a URI: in a plain one the driver would take what
   * follows a question mark for settings.
   *
   * <p>Where a log or a journal lies beside the file, the connection is a read-only one, because
   * closing another would write that into the file. Where there is none, it may write, and is told
   * not to: a read-only one makes a log and an index beside a file in WAL mode and cannot take them
   * away again, and they would lock out an application that runs as another user.
   */
  static SQLiteConnection connect(Path file, Duration patience) throws SQLException {
    boolean readOnly = hasJournal(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout((int) patience.toMillis());
    config.enableLoadExtension(false);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, LONGEST_VALUE);
    Properties properties = config.toProperties();
    String uri = file.toAbsolutePath().toUri().getRawPath();
    String mode = readOnly ? "ro" : "rw"; // neither makes a file that is not there
    return JDBC.createConnection("jdbc:sqlite:file:" + uri + "?mode=" + mode, properties);
  }

  /** SQLite keeps the log and the journal beside the file itself, not beside a link to it. */
  static boolean hasJournal(Path file) {
    try {
      Path real = file.toRealPath();
      return Files.exists(real.resolveSibling(real.getFileName() + "-wal"))
          || Files.exists(real.resolveSibling(real.getFileName() + "-journal"));
    } catch (IOException e) {
      return true; // opening it will tell what is wrong, and must not write
    }
  }

  /**
   * Begins the transaction in which everything is read. SQLite takes the moment at the first row it
   * reads.
   *
   * @return the database's text encoding
   */
  static String begin(SQLiteConnection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      // Functions in a hostile schema must not do anything.
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
    }
    take(connection);
    return text(connection, "PRAGMA encoding");
  }

  /** Reads a row, with which SQLite takes the moment of a transaction. */
  static void take(SQLiteConnection connection) throws SQLException {
    text(connection, "SELECT count(*) FROM sqlite_schema");
  }

  /** Returns whether changes of the file go to a write-ahead log. */
  static boolean isLogged(SQLiteConnection connection) throws SQLException {
    return text(connection, "PRAGMA journal_mode").equals("wal");
  }

  /** Returns what SQLite says of the database. */
  static PageFile.Told told(SQLiteConnection connection, boolean logged) throws SQLException {
    return new PageFile.Told(
        (int) pageSize(connection),
        pages(connection),
        Integer.parseInt(text(connection, "PRAGMA schema_version")),
        Integer.parseInt(text(connection, "PRAGMA user_version")),
        logged);
  }

  /**
   * Returns whether the file is one with a log, and never held a definition itself. One whose
   * tables were dropped, or that was vacuumed, counts the versions of its schema: what its log held
   * has arrived in it, and it is just empty.
   */
  static boolean isEmptyWithoutItsLog(SQLiteConnection connection) throws SQLException {
    return isLogged(connection) && text(connection, "PRAGMA schema_version").equals("0");
  }

  /** Returns how many pages the database has. */
  static long pages(SQLiteConnection connection) throws SQLException {
    return Long.parseLong(text(connection, "PRAGMA page_count"));
  }

  /** Returns the size of a page in bytes. */
  static long pageSize(SQLiteConnection connection) throws SQLException {
    return Long.parseLong(text(connection, "PRAGMA page_size"));
  }

  private static String text(SQLiteConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

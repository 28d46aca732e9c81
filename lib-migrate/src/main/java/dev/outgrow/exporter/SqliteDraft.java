package dev.outgrow.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

/**
 * A SQLite file that is made, and that nobody else knows yet: it may be written without a journal,
 * since a half one is deleted. <em>Not thread-safe.</em>
 */
final class SqliteDraft implements AutoCloseable {
  private static final int HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int RESERVED_AT = 20;
  private static final int VACUUM_AT = 52;
  private static final int LARGEST_PAGE = 65_536;

  private final SQLiteConnection connection;

  private SqliteDraft(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** Opens it for writing. */
  static SqliteDraft open(Path file, Halt halt) throws SQLException {
    SqliteDraft draft = new SqliteDraft(JDBC.createConnection(url(file), new Properties()));
    halt.wakenBy(draft::interrupt);
    draft.run(
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA threads = 2",
        "PRAGMA cache_size = -16384");
    return draft;
  }

  /** Opens it for SQLite to look at what it has become. */
  static SqliteDraft finished(Path file, Halt halt) throws SQLException {
    SqliteDraft draft =
        new SqliteDraft(JDBC.createConnection(url(file) + "?mode=ro", new Properties()));
    halt.wakenBy(draft::interrupt);
    draft.run("PRAGMA cache_size = -16384");
    return draft;
  }

  /** Opens a file that is only read. */
  static Connection reading(Path file) throws SQLException {
    return JDBC.createConnection(url(file) + "?mode=ro", new Properties());
  }

  /** As a URI, since in a plain path the driver would take a question mark for its own. */
  private static String url(Path file) {
    return JDBC.PREFIX + "file:" + file.toAbsolutePath().toUri().getRawPath();
  }

  Connection connection() {
    return connection;
  }

  /** Runs statements. */
  void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns what a query answers, each row's cells as text. */
  List<List<String>> query(String sql) throws SQLException {
    return query(connection, sql);
  }

  /** Returns what a query answers over this connection, each row's cells as text. */
  static List<List<String>> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<List<String>> found = new ArrayList<>();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(rows.getString(i)));
        }
        found.add(cells);
      }
      return found;
    }
  }

  /**
   * Returns the size of the file's pages, or 0 where pages cannot be added from outside: some of
   * their bytes are reserved, or their owners are kept in pages of their own.
   */
  static int pageSize(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      if (channel.read(header, 0) < HEADER) {
        return 0;
      }
      int size = header.getShort(PAGE_SIZE_AT) & 0xFFFF;
      boolean plain = header.get(RESERVED_AT) == 0 && header.getInt(VACUUM_AT) == 0;
      return plain ? size == 1 ? LARGEST_PAGE : size : 0;
    }
  }

  /** Ends what it is at, from another thread. */
  void interrupt() {
    try {
      connection.getDatabase().interrupt();
    } catch (SQLException e) {
      // It is closed: there is nothing to wake any more.
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

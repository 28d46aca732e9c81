package dev.outgrow.importer.fault;

import dev.outgrow.importer.fixture.SqliteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A media history in a SQLite file, whose newest rows are only in the log beside it. It is open for
 * writing all the time, as by an application, and written to only before the first import.
 */
final class History implements AutoCloseable {
  /** Its tables, those first to which others refer. */
  static final List<String> TABLES = List.of("users", "items", "plays");

  /** So many rows refer to nothing, where any do. */
  static final int ORPHANS = 20;

  private final Path file;
  private final Connection application;

  private History(Path file, Connection application) {
    this.file = file;
    this.application = application;
  }

  /**
   * Makes it.
   *
   * @param part how much smaller it is than 1,500 items and 40,000 plays
   */
  static History make(Path file, int part, boolean orphans) throws SQLException {
    int items = 1500 / part;
    SqliteFiles.make(
        file,
        "PRAGMA journal_mode = WAL",
        "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
            + " joined INTEGER NOT NULL DEFAULT 0)",
        "CREATE TABLE items(id INTEGER PRIMARY KEY, title TEXT NOT NULL COLLATE NOCASE,"
            + " year INTEGER CHECK (year > 1800), rating REAL, cover BLOB)",
        "CREATE TABLE plays(id INTEGER PRIMARY KEY,"
            + " user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,"
            + " item_id INTEGER REFERENCES items(id), started INTEGER NOT NULL, note TEXT)",
        "CREATE INDEX ix_title ON items(title)",
        "CREATE INDEX ix_user ON plays(user_id, started)",
        "CREATE INDEX ix_item ON plays(item_id)",
        "CREATE VIEW per_user AS SELECT u.id, count(p.id) AS n FROM users u"
            + " LEFT JOIN plays p ON p.user_id = u.id GROUP BY u.id",
        "CREATE TRIGGER no_future BEFORE INSERT ON plays WHEN NEW.started < 0"
            + " BEGIN SELECT RAISE(ABORT, 'before the epoch'); END",
        numbers(300) + "INSERT INTO users SELECT i, 'user ' || i, i * 86400 FROM n",
        numbers(items)
            + "INSERT INTO items SELECT i, 'Item ' || i, 1900 + i % 120, i / 7.0,"
            + " randomblob(3000 + i) FROM n",
        numbers(40_000 / part)
            + "INSERT INTO plays SELECT i, 1 + i % 300, 1 + i % "
            + items
            + ", 1500000000 + i * 7,"
            + " CASE WHEN i % 3 = 0 THEN 'note ' || hex(randomblob(8)) END FROM n");
    Connection application = SqliteFiles.open(file);
    SqliteFiles.execute(
        application,
        "PRAGMA wal_autocheckpoint = 0",
        "INSERT INTO users(name) VALUES ('only in the log')",
        numbers(500) + "INSERT INTO plays SELECT 40000 + i, 301, NULL, i, NULL FROM n");
    if (orphans) {
      SqliteFiles.execute(
          application,
          numbers(ORPHANS) + "INSERT INTO plays SELECT 50000 + i, 999, 1, i, 'x' FROM n");
    }
    return new History(file, application);
  }

  private static String numbers(int count) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        + count
        + ") ";
  }

  Path file() {
    return file;
  }

  /** Condenses the bytes of the file and of its log. */
  String bytes() throws IOException {
    return digest(file) + " " + digest(file.resolveSibling(file.getFileName() + "-wal"));
  }

  private static String digest(Path path) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Reads the rows of a table that are to be carried, as SQLite gives them. */
  List<String> rows(String table) throws SQLException {
    String carried = table.equals("plays") ? " WHERE user_id IN (SELECT id FROM users)" : "";
    return rows(application, "SELECT * FROM " + table + carried + " ORDER BY id");
  }

  /** Reads what a query answers, on either database, spelt in one way. */
  static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object cell = rows.getObject(i);
          cells.add(
              cell instanceof byte[] bytes
                  ? HexFormat.of().formatHex(bytes)
                  : String.valueOf(cell));
        }
        found.add(String.join("|", cells));
      }
      return found;
    }
  }

  @Override
  public void close() throws SQLException {
    application.close();
  }
}

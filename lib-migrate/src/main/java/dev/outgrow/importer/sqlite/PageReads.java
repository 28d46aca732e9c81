package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.importer.page.PageFile;
import dev.outgrow.importer.page.PageRows;
import dev.outgrow.importer.page.PageTable;
import dev.outgrow.importer.page.Part;
import dev.outgrow.importer.page.TableShape;
import dev.outgrow.importer.page.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Reads tables from the pages of the file, as of the moment that SQLite's connection holds, where
 * that is possible: it takes a fraction of the time that SQLite's library and driver need.
 */
final class PageReads implements AutoCloseable {
  private static final int TRIES = 3;

  private final SQLiteConnection connection;
  private final TextEncoding encoding;
  private final @Nullable PageFile pages;
  private final @Nullable SoundPages sound;
  private volatile boolean interrupted;

  private PageReads(SQLiteConnection connection, TextEncoding encoding, @Nullable PageFile pages) {
    this.connection = connection;
    this.encoding = encoding;
    this.pages = pages;
    this.sound = pages == null ? null : new SoundPages(connection, pages);
  }

  /** Has SQLite read everything. */
  static PageReads none(SQLiteConnection connection, TextEncoding encoding) {
    return new PageReads(connection, encoding, null);
  }

  /**
   * Opens the file beside SQLite. Where changes go to a log, the connection's transaction is begun
   * anew, so that its moment can be told; nothing must have been read in it that matters.
   */
  static PageReads open(Path file, SQLiteConnection connection, TextEncoding encoding)
      throws SQLException {
    try {
      Path real = file.toRealPath();
      boolean logged = Snapshots.isLogged(connection);
      PageFile.Moment moment = logged ? moment(real, connection) : null;
      Optional<PageFile> pages =
          logged && moment == null
              ? Optional.empty()
              : PageFile.open(real, Snapshots.told(connection, logged), moment);
      return new PageReads(connection, encoding, pages.orElse(null));
    } catch (IOException e) {
      return none(connection, encoding); // SQLite has found it, and reads it
    }
  }

  /** Returns the moment of the transaction; null if it cannot be told. */
  private static PageFile.@Nullable Moment moment(Path real, SQLiteConnection connection)
      throws SQLException {
    for (int i = 0; i < TRIES; i++) {
      PageFile.Moment before = PageFile.Moment.of(real);
      connection.rollback();
      Snapshots.take(connection);
      if (before.isSame(PageFile.Moment.of(real))) {
        return before;
      }
    }
    return null;
  }

  /**
   * Begins a walk over the rows of a table.
   *
   * @param table the table
   * @param access which of its rows are read, and how they are named
   * @param limit how much of a row is read as a whole
   * @param most the most bytes of a record that is read as a whole
   * @param part which part of the table
   * @return nothing if SQLite has to read them
   */
  Optional<PageRows> rows(
      SqliteTable table, TableAccess access, ReadLimit limit, long most, Part part)
      throws SQLException {
    if (pages == null || !access.condition().isEmpty()) {
      return Optional.empty();
    }
    Optional<TableShape> shape = TableShapes.of(table, access, root(table.name()));
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    AddedColumns added = new AddedColumns(connection, access);
    return pages.rows(
        new PageTable(
            shape.get(),
            access.keyNames(),
            access.keyPositions(),
            encoding == TextEncoding.UTF_8,
            encoding::toUtf8,
            most,
            table.withoutRowid() ? PageReads::unknown : added,
            limit::read),
        part);
  }

  /**
   * Returns whether all pages are sound; false if only SQLite can say.
   *
   * @throws SQLException as SQLite's own check would if it was interrupted
   */
  boolean areSound() throws SQLException {
    boolean answer = sound != null && sound.look(() -> interrupted);
    if (interrupted) {
      throw new SQLiteException("interrupted", SQLiteErrorCode.SQLITE_INTERRUPT);
    }
    return answer;
  }

  /** Has a look at all pages end with an error. Thread-safe. */
  void interrupt() {
    interrupted = true;
  }

  /** Returns how many rows a table has, if all pages were found to be sound. */
  OptionalLong counted(String table) {
    return sound == null ? OptionalLong.empty() : sound.rows(table);
  }

  private static Optional<Value> unknown(int column) {
    return Optional.empty();
  }

  private int root(String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  @Override
  public void close() {
    if (pages != null) {
      pages.close();
    }
  }
}

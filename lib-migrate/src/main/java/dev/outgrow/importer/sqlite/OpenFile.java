package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * A file that was opened, in a transaction that holds its moment.
 *
 * @param file the file
 * @param bytes its size, the log's included
 * @param connection SQLite's connection
 * @param encoding how it stores text
 * @param pages reads tables without SQLite
 */
record OpenFile(
    Path file, long bytes, SQLiteConnection connection, TextEncoding encoding, PageReads pages) {
  private static final int MOST_DAMAGES = 5;

  /**
   * Opens a file and takes the moment.
   *
   * @param file the file
   * @param patience how long a lock that others hold is waited for
   * @param byPages whether tables may be read without SQLite
   * @throws SourceFileException if there is no such file, or SQLite cannot read it
   */
  static OpenFile open(Path file, Duration patience, boolean byPages) {
    long bytes = SourceFiles.size(file);
    boolean logged = Snapshots.hasJournal(file);
    SQLiteConnection connection = null;
    try {
      connection = Snapshots.connect(file, patience);
      TextEncoding encoding = TextEncoding.of(Snapshots.begin(connection));
      SourceFiles.refuseHalfPage(file, Snapshots.pageSize(connection), Snapshots.pages(connection));
      if (!logged && Snapshots.isEmptyWithoutItsLog(connection)) {
        throw SourceFiles.withoutLog(file);
      }
      // The last that can fail, as nobody would close what it opens.
      PageReads pages =
          byPages
              ? PageReads.open(file, connection, encoding)
              : PageReads.none(connection, encoding);
      return new OpenFile(file, bytes, connection, encoding, pages);
    } catch (SQLException e) {
      SourceFileException failure = SqliteFailures.translate(file, "it was opened", e);
      if (failure.damaged() && connection != null) {
        failure = named(file, connection, failure, e);
      }
      closeAfter(failure, connection);
      throw failure;
    } catch (SourceFileException e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  /** Where SQLite refuses to begin, names the pages and tables that are at fault. */
  private static SourceFileException named(
      Path file, SQLiteConnection connection, SourceFileException failure, SQLException cause) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA writable_schema = ON"); // then it begins all the same
      List<String> damages = new DamageCheck(new QuickCheck(connection)).damages(table -> false);
      return damages.isEmpty() ? failure : SqliteFailures.damaged(file, listed(damages), cause);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  /** Names the first damages, and says how many there are more. */
  static String listed(List<String> damages) {
    int more = damages.size() - MOST_DAMAGES;
    return String.join("; ", damages.subList(0, Math.min(damages.size(), MOST_DAMAGES)))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private static void closeAfter(
      SourceFileException failure, @Nullable SQLiteConnection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}

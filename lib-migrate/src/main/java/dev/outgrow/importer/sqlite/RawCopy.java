package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;

/**
 * Copies a file page by page as of one moment, its log included, whatever is in the pages.
 * <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class RawCopy {
  private RawCopy() {}

  /**
   * Makes a copy. SQLite makes it, because only SQLite knows what in a log counts, and because
   * reading the file beside it would drop its locks.
   *
   * @param file the file, damaged or not
   * @param target where the copy goes; there must be nothing
   * @return how many bytes at the beginning of the copy stand in the file; SQLite writes zeros for
   *     the rest of a page that was cut off
   * @throws SourceFileException if it is no SQLite file, or locked
   */
  public static long of(Path file, Path target) {
    SourceFiles.size(file);
    boolean logged = Snapshots.hasJournal(file);
    try (SQLiteConnection connection = Snapshots.connect(file, SqliteSource.PATIENCE);
        Statement statement = connection.createStatement()) {
      // SQLite then takes a file for what it is that has fewer pages than its header says.
      statement.execute("PRAGMA writable_schema = ON");
      statement.execute("PRAGMA query_only = ON");
      int code = connection.getDatabase().backup("main", target.toString(), null);
      if (code != 0) {
        throw new SQLException("SQLite's result code " + code);
      }
      return logged ? Long.MAX_VALUE : Files.size(file);
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "it was copied", e);
    } catch (IOException e) {
      throw new SourceFileException(
          file,
          file + " cannot be looked at: " + e.getMessage() + ".",
          "Check the disk it lies on.",
          e);
    }
  }
}

package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of a file without opening it. */
final class SourceFiles {
  private static final int SMALLEST_PAGE = 512;

  private SourceFiles() {}

  /**
   * Returns the size of a database in bytes, its write-ahead log included.
   *
   * @throws SourceFileException if it cannot be a database
   */
  static long size(Path file) {
    if (Files.isDirectory(file)) {
      throw refusal(file, " is a directory.", "Name the SQLite file in it.");
    }
    if (!Files.exists(file)) {
      throw refusal(file, " does not exist.", "Check the path.");
    }
    if (!Files.isReadable(file)) {
      throw refusal(file, " may not be read by this user.", "Give this user the right to read it.");
    }
    try {
      long bytes = Files.size(file);
      Path log = file.resolveSibling(file.getFileName() + "-wal");
      long logged = Files.exists(log) ? Files.size(log) : 0;
      if (bytes == 0) {
        throw logged > 0
            ? withLogAlone(file, logged)
            : refusal(
                file,
                " is empty: it has 0 bytes.",
                "Check that it is the right file; a copy may have failed half-way.");
      }
      if (bytes < SMALLEST_PAGE) { // SQLite takes a file of one byte for an empty database
        throw refusal(
            file,
            " is not a SQLite database: it has " + bytes + " bytes.",
            "Check that it is the right file; a copy may have failed half-way.");
      }
      return bytes + logged;
    } catch (IOException e) {
      throw unseen(file, e);
    }
  }

  /**
   * Refuses a file that ends within a page of the database. SQLite reads zeros for what is missing
   * of it, and where rows stood there, their values would change without a word.
   */
  static void refuseHalfPage(Path file, long pageSize, long pages) {
    try {
      long bytes = Files.size(file);
      if (bytes % pageSize != 0 && bytes < pages * pageSize) {
        throw SqliteFailures.damaged(
            file,
            "it is cut off in page "
                + (bytes / pageSize + 1)
                + ", as its "
                + bytes
                + " bytes are no whole number of pages of "
                + pageSize,
            null);
      }
    } catch (IOException e) {
      throw unseen(file, e);
    }
  }

  /**
   * Whoever copied the file of a running application forgot the one with everything in it. What is
   * left has the very bytes of a database in which nobody ever made a table.
   */
  static SourceFileException withoutLog(Path file) {
    return refusal(
        file,
        " never held a table itself, and its newest changes are kept in a -wal file, which is not beside it.",
        "Copy it again with its -wal file, or after the application that uses it has been closed. If"
            + " nobody ever made a table in it, there is nothing to carry.");
  }

  /** SQLite would take it for a new database, and delete the log without reading it. */
  private static SourceFileException withLogAlone(Path file, long logged) {
    return refusal(
        file,
        " is empty: it has 0 bytes, and what its -wal file holds ("
            + logged
            + " bytes) cannot be read without it.",
        "Copy both again. Do not open it with SQLite before that, which would delete the -wal file.");
  }

  static SourceFileException unseen(Path file, IOException cause) {
    return new SourceFileException(
        file,
        file + " cannot be looked at: " + cause.getMessage() + ".",
        "Check the disk it lies on.",
        cause);
  }

  private static SourceFileException refusal(Path file, String what, String remedy) {
    return new SourceFileException(file, file + what, remedy, null);
  }
}

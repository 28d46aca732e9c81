package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in words what SQLite's result codes mean for somebody who wants to read a file. */
final class SqliteFailures {
  private SqliteFailures() {}

  /**
   * Returns the error for a failure of SQLite.
   *
   * @param file the file
   * @param doing what was being done, as it goes on after "while"
   * @param failure the failure
   */
  static SourceFileException translate(Path file, String doing, SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.SQLITE_ERROR;
    String name = code.name();
    if (name.startsWith("SQLITE_NOTADB")) {
      return error(
          file,
          " is not a SQLite database, or it is encrypted.",
          "Check that it is the right file; decrypt it first if it is encrypted.",
          failure);
    }
    if (name.startsWith("SQLITE_CORRUPT") || name.startsWith("SQLITE_IOERR_SHORT_READ")) {
      return damaged(file, "SQLite found it malformed while " + doing, failure);
    }
    if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
      return error(
          file,
          " is locked by another program.",
          "Stop what writes to it, or wait until it has finished, then try again.",
          failure);
    }
    if (name.startsWith("SQLITE_CANTOPEN") || name.startsWith("SQLITE_READONLY")) {
      return error(
          file,
          " cannot be opened for reading: " + name + ".",
          "A journal beside it may need a program that can write there: open it once with the application that"
              + " owns it and close that, or copy it with its -wal and -journal files to a folder you can write to.",
          failure);
    }
    return error(
        file,
        ": SQLite failed while " + doing + ": " + ownWords(failure) + ".",
        "Check the file with \"PRAGMA integrity_check\".",
        failure);
  }

  /**
   * Returns the error for a file that is damaged, with what is wrong as it goes on after a colon.
   */
  static SourceFileException damaged(Path file, String what, @Nullable SQLException cause) {
    return new SourceFileException(
        file,
        file + " is damaged: " + what + ".",
        "Restore it from a backup, or carry what can still be read and learn what cannot (salvage, or"
            + " --salvage). \"PRAGMA integrity_check\" on a copy of it tells more.",
        cause,
        true);
  }

  private static SourceFileException error(
      Path file, String what, String remedy, SQLException cause) {
    return new SourceFileException(file, file + what, remedy, cause);
  }

  /** Returns what SQLite itself said. */
  static String ownWords(SourceFileException failure) {
    return failure.getCause() instanceof SQLException sql ? ownWords(sql) : failure.what();
  }

  /** The driver's message is {@code [CODE] explanation (detail)}. */
  static String ownWords(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
  }
}

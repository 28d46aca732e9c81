package dev.outgrow.backup;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;

/** Chooses between {@code pg_dump} and the built-in copy. */
final class PostgresEngines {
  private PostgresEngines() {}

  /**
   * Returns what writes a backup here.
   *
   * @throws MissingToolException if that is {@code pg_dump} and there is none
   */
  static Engine forWriting(Database database, BackupOptions options) {
    if (options.builtInCopy() == BuiltInCopy.ALWAYS) {
      return new CopyEngine(database, options);
    }
    try {
      return new DumpEngine(
          database, options, PostgresTool.find("pg_dump", major(database), options.tools()));
    } catch (MissingToolException missing) {
      if (options.builtInCopy() == BuiltInCopy.ALLOWED) {
        return new CopyEngine(database, options);
      }
      throw missing;
    }
  }

  /** Returns what reads a backup of this format. */
  static Engine of(BackupFormat format, Database database, BackupOptions options) {
    return format == BackupFormat.COPY
        ? new CopyEngine(database, options)
        : new DumpEngine(database, options, null);
  }

  private static int major(Database database) {
    try (Connection connection = database.connection()) {
      return PostgresCatalogue.major(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Asking for the version of " + database.url());
    }
  }
}

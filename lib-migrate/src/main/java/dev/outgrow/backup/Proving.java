package dev.outgrow.backup;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Proves one backup. */
final class Proving {
  private final Database database;
  private final BackupOptions options;

  Proving(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  BackupReport verify(Path file) {
    Backup backup = BackupFolder.read(file);
    try (Supervision supervision = Supervision.of("Verifying " + backup.file(), options)) {
      BackupReport report = verify(backup, supervision);
      supervision.tell(BackupProgress.at(BackupProgress.Phase.DONE));
      return report;
    }
  }

  /** Proves it as a part of other work. */
  BackupReport verify(Backup backup, Supervision supervision) {
    try {
      requireFile(backup, supervision);
      Optional<String> chains = engine(backup).rehearse(backup, supervision);
      return BackupReport.of(backup, chains, supervision.elapsed());
    } catch (SQLException failure) {
      throw supervision.orReason(
          SqlFailures.translate(failure, "Restoring " + backup.file() + " for trial"));
    } catch (IOException failure) {
      throw supervision.orReason(unreadable(backup, failure));
    } catch (RuntimeException failure) {
      throw supervision.orReason(failure);
    }
  }

  /** Proves that the file is the one that was written. */
  static void requireFile(Backup backup, Supervision supervision) throws IOException {
    long size = Files.size(backup.file());
    long wanted = backup.manifest().size();
    if (size != wanted) {
      throw new BackupException(
          backup.file(),
          "The backup "
              + backup.file()
              + (size < wanted ? " is truncated: it has " : " is too long: it has ")
              + size
              + " bytes instead of "
              + wanted
              + ".",
          "Copy it again from where it was made, or take another backup.",
          null);
    }
    if (!FileHash.of(backup.file(), supervision).equals(backup.manifest().sha256())) {
      throw altered(backup);
    }
  }

  static BackupException altered(Backup backup) {
    return new BackupException(
        backup.file(),
        "The backup " + backup.file() + " was altered: its SHA-256 is not the one in its manifest.",
        "Copy it again from where it was made, or take another backup.",
        null);
  }

  static BackupException unreadable(Backup backup, IOException failure) {
    return new BackupException(
        backup.file(),
        "The backup " + backup.file() + " cannot be read: " + failure.getMessage() + ".",
        "Mend that, or take another backup.",
        failure);
  }

  private Engine engine(Backup backup) {
    BackupFormat format = backup.manifest().format();
    if (format.backend() != database.backend()) {
      throw new ConfigurationException(
          "database",
          database.url().toString(),
          "a " + format.backend().title() + " database, as " + backup.file() + " is of one");
    }
    return format == BackupFormat.SQLITE
        ? new SqliteEngine(database, options)
        : PostgresEngines.of(format, database, options);
  }
}

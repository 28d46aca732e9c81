package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Puts one backup back. */
final class Restoring {
  private static final int SHOWN = 3;

  private final Database database;
  private final BackupOptions options;
  private final BackupFolder folder;

  Restoring(Database database, BackupOptions options, BackupFolder folder) {
    this.database = database;
    this.options = options;
    this.folder = folder;
  }

  RestoreReport restore(Path file, String confirmed) {
    Backup backup = BackupFolder.read(file);
    try (Supervision supervision = Supervision.of("Restoring " + backup.file(), options)) {
      try {
        RestoreReport report = restore(backup, confirmed, supervision);
        supervision.tell(BackupProgress.at(Phase.DONE));
        return report;
      } catch (SQLException failure) {
        throw supervision.orReason(
            SqlFailures.translate(
                failure, "Restoring " + backup.file() + " into " + database.url()));
      } catch (IOException failure) {
        throw supervision.orReason(Proving.unreadable(backup, failure));
      }
    }
  }

  private RestoreReport restore(Backup backup, String confirmed, Supervision supervision)
      throws SQLException, IOException {
    Engine engine = engine(backup);
    List<String> holds = engine.holds();
    requireConfirmed(holds, confirmed);
    List<String> kept = new ArrayList<>();
    if (engine instanceof ImportEngine) {
      Proving.requireFile(backup, supervision);
      SqliteEngine.requireEqual(backup, supervision);
    } else {
      new Proving(database, options).verify(backup, supervision);
    }
    if (database.backend() == Backend.SQLITE && !holds.isEmpty()) {
      kept.add(before(supervision).file().toString());
    }
    Engine.Restored restored = engine.restore(backup, !holds.isEmpty(), supervision);
    kept.addAll(restored.kept());
    return new RestoreReport(
        backup,
        database.url().toString(),
        backup.manifest().tables().size(),
        backup.manifest().rows(),
        kept,
        restored.untouched(),
        chains(),
        supervision.elapsed());
  }

  /** What is there is backed up, so that the way back has a way back; nothing is pruned for it. */
  private Backup before(Supervision supervision) {
    return new Making(database, options.with(o -> o.retention = null), folder).make(supervision);
  }

  private List<String> chains() {
    return options
        .chainsOf()
        .map(chains -> chains.apply(database))
        .map(Migrations::check)
        .map(status -> status.text().lines().toList())
        .orElse(List.of());
  }

  private void requireConfirmed(List<String> holds, String confirmed) {
    if (confirmed.isEmpty() && !holds.isEmpty()) {
      String first = String.join(", ", holds.subList(0, Math.min(SHOWN, holds.size())));
      throw new ConfigurationException(
          "database",
          database.url().toString(),
          "an empty database, or one whose name you repeat; it holds "
              + first
              + (holds.size() > SHOWN ? " and " + (holds.size() - SHOWN) + " more" : ""));
    }
    if (!confirmed.isEmpty() && !confirmed.equals(Backups.name(database))) {
      throw new ConfigurationException(
          "the confirmed name", confirmed, "the database's name, " + Backups.name(database));
    }
  }

  private Engine engine(Backup backup) {
    BackupFormat format = backup.manifest().format();
    if (database.backend() == Backend.SQLITE) {
      if (format != BackupFormat.SQLITE) {
        throw new ConfigurationException(
            "database",
            database.url().toString(),
            "a PostgreSQL database, as " + backup.file() + " is of one; an export makes a file");
      }
      return new SqliteEngine(database, options);
    }
    return format == BackupFormat.SQLITE
        ? new ImportEngine(database, options)
        : PostgresEngines.of(format, database, options);
  }
}

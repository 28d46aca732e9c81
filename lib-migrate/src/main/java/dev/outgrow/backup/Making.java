package dev.outgrow.backup;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Makes one backup. */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class Making {
  private final Database database;
  private final BackupOptions options;
  private final BackupFolder folder;

  Making(Database database, BackupOptions options, BackupFolder folder) {
    this.database = database;
    this.options = options;
    this.folder = folder;
  }

  Backup make() {
    try (Supervision supervision = Supervision.of("Backing up " + database.url(), options)) {
      Backup backup = make(supervision);
      supervision.tell(BackupProgress.at(BackupProgress.Phase.DONE));
      return backup;
    }
  }

  /** Makes it as a part of other work. */
  Backup make(Supervision supervision) {
    Engine engine = engine();
    try (BackupFolder.Held held = folder.hold()) {
      Backup backup = supervised(engine, supervision);
      if (options.retention() != null) {
        Pruning.prune(folder, options.retention());
      }
      return backup;
    }
  }

  private Engine engine() {
    return database.backend() == Backend.SQLITE
        ? new SqliteEngine(database, options)
        : PostgresEngines.forWriting(database, options);
  }

  private Backup supervised(Engine engine, Supervision supervision) {
    try {
      return write(engine, supervision);
    } catch (SQLException failure) {
      throw supervision.orReason(SqlFailures.translate(failure, "Backing up " + database.url()));
    } catch (IOException failure) {
      throw supervision.orReason(failed(failure));
    } catch (RuntimeException failure) {
      throw supervision.orReason(failure);
    }
  }

  private Backup write(Engine engine, Supervision supervision) throws SQLException, IOException {
    requireRoom(engine.size());
    Path unfinished = folder.unfinished(engine.format().ending());
    try {
      Instant begun = options.clock().instant();
      Engine.Written written = engine.write(unfinished, folder, supervision);
      Disk.sync(unfinished);
      BackupManifest manifest =
          new BackupManifest(
              engine.format(),
              Backups.name(database),
              folder.moment(begun),
              library(),
              written.server(),
              written.tool(),
              written.schemas(),
              written.chains(),
              written.tables(),
              Files.size(unfinished),
              FileHash.of(unfinished, supervision));
      return folder.publish(unfinished, manifest, supervision);
    } catch (SQLException | IOException | RuntimeException failure) {
      remove(unfinished, failure);
      throw failure;
    }
  }

  private static void remove(Path unfinished, Exception failure) {
    try {
      Files.deleteIfExists(unfinished);
      // SQLite leaves its journal where the disk is full.
      Files.deleteIfExists(unfinished.resolveSibling(BackupFolder.name(unfinished) + "-journal"));
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  private void requireRoom(long needed) throws IOException {
    long free = options.room().in(folder.path());
    if (free < needed) {
      throw new BackupException(
          folder.path(),
          "A backup of "
              + database.url()
              + " may need "
              + needed
              + " bytes; in "
              + folder.path()
              + " there is room for "
              + free
              + ".",
          "Make room, keep fewer backups, or name another folder.",
          null);
    }
  }

  private BackupException failed(IOException failure) {
    return new BackupException(
        folder.path(),
        "The backup of "
            + database.url()
            + " could not be written into "
            + folder.path()
            + ": "
            + failure
            + ".",
        "Mend that; earlier backups are as they were.",
        failure);
  }

  private static String library() {
    return Optional.ofNullable(Backups.class.getPackage().getImplementationVersion())
        .orElse("not packaged");
  }
}

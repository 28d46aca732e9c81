package dev.outgrow.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what a retention does not keep. Whoever does it holds the folder. */
final class Pruning {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private Pruning() {}

  static List<Backup> prune(BackupFolder folder, Retention retention) {
    List<Backup> backups = folder.list();
    Set<Instant> kept =
        retention.kept(backups.stream().map(backup -> backup.manifest().at()).toList());
    List<Backup> deleted = new ArrayList<>();
    for (Backup backup : backups) {
      if (!kept.contains(backup.manifest().at())) {
        try {
          folder.delete(backup);
        } catch (IOException failure) {
          throw new BackupException(
              backup.file(),
              "The old backup " + backup.file() + " cannot be deleted: " + failure + ".",
              "Delete it by hand; the newer ones are whole.",
              failure);
        }
        LOG.info("Deleted the backup {}, as newer ones are kept", backup.file());
        deleted.add(backup);
      }
    }
    return deleted;
  }
}

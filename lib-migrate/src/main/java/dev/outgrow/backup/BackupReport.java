package dev.outgrow.backup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was proven of a backup: its file is what was written, and every table that it makes in a
 * scratch database has the rows that it had.
 *
 * <p><em>Immutable.</em>
 *
 * @param backup the backup
 * @param tables how many tables were compared
 * @param rows how many rows were compared
 * @param chains how the chains are in it, a line each; empty if none were named
 * @param took how long it took
 * @since 0.1
 */
public record BackupReport(
    Backup backup, int tables, long rows, List<String> chains, Duration took) {
  /** Copies the list. */
  public BackupReport {
    chains = List.copyOf(chains);
  }

  static BackupReport of(Backup backup, Optional<String> chains, Duration took) {
    BackupManifest manifest = backup.manifest();
    return new BackupReport(
        backup,
        manifest.tables().size(),
        manifest.rows(),
        chains.map(text -> text.lines().toList()).orElse(List.of()),
        took);
  }
}

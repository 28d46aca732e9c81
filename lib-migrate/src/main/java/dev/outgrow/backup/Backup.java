package dev.outgrow.backup;

import java.nio.file.Path;

/**
 * A backup in its folder.
 *
 * <p><em>Immutable.</em>
 *
 * @param file its file; the manifest lies beside it, with {@code .json} behind the name
 * @param manifest what is known of it
 * @since 0.1
 */
public record Backup(Path file, BackupManifest manifest) {
  /** Returns the file's name, by which {@link Backups#find} finds it. */
  public String name() {
    return BackupFolder.name(file);
  }
}

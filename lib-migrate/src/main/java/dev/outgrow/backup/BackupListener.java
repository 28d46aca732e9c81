package dev.outgrow.backup;

/**
 * Is told how far a backup is, on the thread that makes it, so it must be quick. What it throws
 * ends the work, but not after {@link BackupProgress.Phase#DONE}.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BackupListener {
  /** Takes note. */
  void progressed(BackupProgress progress);
}

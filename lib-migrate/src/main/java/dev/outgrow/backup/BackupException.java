package dev.outgrow.backup;

import dev.outgrow.error.OutgrowException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A backup that cannot be made, or cannot be trusted: no room, a program that fails, a file that is
 * truncated, altered or not a backup at all.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class BackupException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  BackupException(Path file, String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
    this.file = file;
  }

  /** Returns the backup, or the folder that it was to be made in. */
  public Path file() {
    return file;
  }
}

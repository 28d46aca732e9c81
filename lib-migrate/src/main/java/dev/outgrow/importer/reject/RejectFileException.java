package dev.outgrow.importer.reject;

import dev.outgrow.error.OutgrowException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of rejected rows that could not be written.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class RejectFileException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final transient Path folder;

  RejectFileException(Path folder, IOException cause) {
    super(
        "Rejected rows cannot be written to the folder " + folder + ": " + cause.getMessage() + ".",
        "Name a folder that exists, can be written to and has room (rejectFolder, or --reject-dir).",
        cause);
    this.folder = folder;
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }
}

package dev.outgrow.error;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file that cannot be read, or not completely: missing, no SQLite database, encrypted,
 * corrupt, locked.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class SourceFileException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  /**
   * Describes a file that cannot be read.
   *
   * @param file the file
   * @param what what is wrong with it, with the table or page where known: a sentence
   * @param remedy what to do: a sentence
   * @param cause the failure underneath, or null
   */
  public SourceFileException(Path file, String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
    this.file = file;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }
}

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
  private final boolean damaged;

  /**
   * Describes a file that cannot be read.
   *
   * @param file the file
   * @param what what is wrong with it, with the table or page where known: a sentence
   * @param remedy what to do: a sentence
   * @param cause the failure underneath, or null
   */
  public SourceFileException(Path file, String what, String remedy, @Nullable Throwable cause) {
    this(file, what, remedy, cause, false);
  }

  /**
   * Describes a file that cannot be read, and says whether a part of it may be.
   *
   * @param file the file
   * @param what what is wrong with it, with the table or page where known: a sentence
   * @param remedy what to do: a sentence
   * @param cause the failure underneath, or null
   * @param damaged whether it is a SQLite file that is damaged
   */
  public SourceFileException(
      Path file, String what, String remedy, @Nullable Throwable cause, boolean damaged) {
    super(what, remedy, cause);
    this.file = file;
    this.damaged = damaged;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns whether it is a SQLite file that is damaged, so that a part of it may be readable. */
  public boolean damaged() {
    return damaged;
  }
}

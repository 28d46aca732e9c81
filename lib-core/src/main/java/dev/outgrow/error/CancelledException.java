package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * Work that somebody asked to stop before it was done. Nothing of it stays.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class CancelledException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes a cancelled work.
   *
   * @param what what was cancelled, and where it stood: a sentence
   * @param cause what cancelled it, or null
   */
  public CancelledException(String what, @Nullable Throwable cause) {
    super(what, "Start it again when it suits; the target is as it was.", cause);
  }

  /**
   * Describes a cancelled work that has its own remedy.
   *
   * @param what what was cancelled, and where it stood: a sentence
   * @param remedy what to do: a sentence
   * @param cause what cancelled it, or null
   */
  public CancelledException(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}

package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A database that does not answer: no server there, still starting, no connection free in time.
 * Trying again later may help.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class UnavailableException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes a database that does not answer.
   *
   * @param what what was tried and what came back: a sentence
   * @param remedy what to do: a sentence
   * @param cause the failure underneath, or null
   */
  public UnavailableException(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}

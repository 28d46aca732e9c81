package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A transaction that was being committed when its connection was lost: it is there completely or
 * not at all, and nobody can say which. It is never done again by itself, since that could do it
 * twice.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class UnknownOutcomeException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes a commit without an answer.
   *
   * @param what what was being committed and what came back: a sentence
   * @param cause the failure underneath, or null
   */
  public UnknownOutcomeException(String what, @Nullable Throwable cause) {
    super(what, "Look whether its rows are there before it is done again.", cause);
  }
}

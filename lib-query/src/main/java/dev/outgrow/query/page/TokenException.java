package dev.outgrow.query.page;

import dev.outgrow.error.OutgrowException;

/**
 * A page token that cannot be used. Nothing of the token is repeated in the message.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class TokenException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  /**
   * Why a token is refused.
   *
   * <p><em>Immutable.</em>
   *
   * @since 0.1
   */
  public enum Reason {
    /** It is no token at all, or only a part of one. */
    MALFORMED("it is not a page token"),
    /** It was made by another version of this library. */
    VERSION("its version is not known here"),
    /** The key that it names is not, or no longer, among the accepted ones. */
    KEY("its key is not accepted"),
    /** Its signature does not fit its content. */
    SIGNATURE("its signature is wrong"),
    /** It was made for other tables, another filter or another ordering. */
    BINDING("it belongs to another query, filter or ordering");

    private final String phrase;

    Reason(String phrase) {
      this.phrase = phrase;
    }
  }

  private final Reason reason;

  TokenException(Reason reason) {
    super(
        "The page token is refused: " + reason.phrase + ".",
        "Begin at the first page again.",
        null);
    this.reason = reason;
  }

  /** Returns why it is refused. */
  public Reason reason() {
    return reason;
  }
}

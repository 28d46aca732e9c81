package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A database that answers and refuses: wrong password, unknown role or database, no right. Waiting
 * does not help.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class AccessException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  /**
   * Describes a refusal.
   *
   * @param what who was refused what: a sentence without a credential
   * @param remedy what to do: a sentence
   * @param sqlState the server's SQLSTATE, five characters
   * @param cause the failure underneath, or null
   */
  public AccessException(String what, String remedy, String sqlState, @Nullable Throwable cause) {
    super(what, remedy, cause);
    this.sqlState = sqlState;
  }

  /** Returns the server's SQLSTATE, five characters. */
  public String sqlState() {
    return sqlState;
  }
}

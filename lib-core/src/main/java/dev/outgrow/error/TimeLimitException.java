package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A statement that was stopped because it took too long, or waited too long for a lock. Nothing of
 * it stays.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class TimeLimitException extends StatementException {
  private static final long serialVersionUID = 1L;

  /** Which limit was passed. */
  public enum Limit {
    /** The time one statement may take. */
    STATEMENT,
    /** The time to wait for a lock: of a row or table on PostgreSQL, of the file on SQLite. */
    LOCK,
    /** The time a whole transaction may take, or may stand idle, where the server has one. */
    TRANSACTION
  }

  private final Limit limit;

  /**
   * Describes a stopped statement.
   *
   * @param limit which limit was passed
   * @param what what was being done: a sentence
   * @param remedy what to do: a sentence
   * @param sqlState the SQLSTATE, five characters, or null where the backend has none (SQLite)
   * @param cause the failure underneath, or null
   */
  public TimeLimitException(
      Limit limit,
      String what,
      String remedy,
      @Nullable String sqlState,
      @Nullable Throwable cause) {
    super(what, remedy, sqlState, cause);
    this.limit = limit;
  }

  /** Returns which limit was passed. */
  public Limit limit() {
    return limit;
  }
}

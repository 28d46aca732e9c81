package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A value that its type cannot hold. Neither database says which column it was meant for, but
 * SQLite for a STRICT table; the cause may.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class DataException extends StatementException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the value. */
  public enum Problem {
    /** More characters or bytes than the type or the database takes. */
    TOO_LONG,
    /** A number or a date beyond the type's range. */
    OUT_OF_RANGE,
    /** No value of the type: a word where a number is meant. */
    MALFORMED
  }

  private final Problem problem;

  /**
   * Describes a value that does not fit.
   *
   * @param problem what is wrong with it
   * @param what what was being done and the database's own words: a sentence
   * @param remedy what to do: a sentence
   * @param sqlState the SQLSTATE, five characters, or null where the backend has none (SQLite)
   * @param cause the failure underneath, or null
   */
  public DataException(
      Problem problem,
      String what,
      String remedy,
      @Nullable String sqlState,
      @Nullable Throwable cause) {
    super(what, remedy, sqlState, cause);
    this.problem = problem;
  }

  /** Returns what is wrong with the value. */
  public Problem problem() {
    return problem;
  }
}

package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A statement that a database refused. Where the database says more exactly why, it is one of the
 * subclasses: {@link ConstraintException}, {@link DataException}, {@link ConflictException}, {@link
 * TimeLimitException}.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public class StatementException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String sqlState;

  /**
   * Describes a refused statement.
   *
   * @param what what was being done and the database's own words: a sentence
   * @param remedy what to do: a sentence
   * @param sqlState the SQLSTATE, five characters, or null where the backend has none (SQLite)
   * @param cause the failure underneath, or null
   */
  public StatementException(
      String what, String remedy, @Nullable String sqlState, @Nullable Throwable cause) {
    super(what, remedy, cause);
    this.sqlState = sqlState;
  }

  /** Returns the SQLSTATE, five characters, or null where the backend has none. */
  public @Nullable String sqlState() {
    return sqlState;
  }
}

package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A transaction that lost against another one: it could not be serialized, or the two waited for
 * each other (a deadlock). Nothing of it stays, and done again from its beginning it may succeed.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ConflictException extends StatementException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes a lost transaction.
   *
   * @param what what was being done and the database's own words: a sentence
   * @param remedy what to do: a sentence
   * @param sqlState the SQLSTATE, five characters, or null where the backend has none (SQLite)
   * @param cause the failure underneath, or null
   */
  public ConflictException(
      String what, String remedy, @Nullable String sqlState, @Nullable Throwable cause) {
    super(what, remedy, sqlState, cause);
  }
}

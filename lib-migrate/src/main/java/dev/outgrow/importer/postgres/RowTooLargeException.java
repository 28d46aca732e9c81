package dev.outgrow.importer.postgres;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;

/**
 * A table with a row for which a page of PostgreSQL has no room, even after every long value was
 * moved out of it. The server does not say which row.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class RowTooLargeException extends OutgrowException {
  /** What to do about such a row. */
  public static final String REMEDY =
      "Leave columns of the table out (a rule with skip), or split it in the SQLite file.";

  private static final long serialVersionUID = 1L;

  /** PostgreSQL's {@code program_limit_exceeded}; of a COPY without indexes, this is the only. */
  private static final String LIMIT = "54000";

  RowTooLargeException(StatementException cause) {
    super(cause.what(), REMEDY, cause);
  }

  static boolean isCauseOf(StatementException failure) {
    return LIMIT.equals(failure.sqlState());
  }
}

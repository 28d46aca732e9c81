package dev.outgrow.database;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;

/** Why a transaction was stopped from outside. */
enum Stop {
  /** Somebody called {@link Transaction#cancel}. */
  CANCELLED("was cancelled"),
  /** Its thread was interrupted. */
  INTERRUPTED("was cancelled: its thread was interrupted"),
  /** A statement of it took too long. */
  STATEMENT_TIME("was stopped: a statement took longer than its limit");

  private final String words;

  Stop(String words) {
    this.words = words;
  }

  OutgrowException describe(Throwable cause) {
    String what = RunningTransaction.DOING + " " + words + ". It is rolled back.";
    return this == STATEMENT_TIME
        ? new TimeLimitException(Limit.STATEMENT, what, Remedies.of(Limit.STATEMENT), null, cause)
        : new CancelledException(what, "Begin it again when it suits.", cause);
  }
}

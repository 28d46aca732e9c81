package dev.outgrow.database;

import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.DataException.Problem;
import dev.outgrow.error.TimeLimitException.Limit;

/** What to do about a refused statement, the same on both backends. */
final class Remedies {
  static final String STATEMENT = "Correct the statement, or the data it works on.";

  private Remedies() {}

  static String of(Kind kind) {
    return switch (kind) {
      case UNIQUE -> "Change the key, or update the row that has it already.";
      case FOREIGN_KEY ->
          "Add the row that is referred to first; remove one only when nothing refers to it.";
      case NOT_NULL -> "Give the column a value, or a default.";
      case CHECK -> "Give a value that the condition allows.";
      case EXCLUSION -> "Change the row so that it does not clash with one that is there.";
      case OTHER -> STATEMENT;
    };
  }

  static String of(Limit limit) {
    return switch (limit) {
      case STATEMENT -> "Give it more time, or less to do.";
      case LOCK -> "Try again when the transaction or program that holds the lock is done.";
      case TRANSACTION -> "Do less in one transaction, or give it more time.";
    };
  }

  static String of(Problem problem) {
    return switch (problem) {
      case TOO_LONG -> "Shorten the value, or make its type longer.";
      case OUT_OF_RANGE -> "Give a value within the type's range, or make the type wider.";
      case MALFORMED -> "Give a value that the type can be read from.";
    };
  }
}

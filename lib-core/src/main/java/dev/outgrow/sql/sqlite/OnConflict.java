package dev.outgrow.sql.sqlite;

/**
 * What SQLite does by itself when a constraint is violated.
 *
 * @since 0.1
 */
public enum OnConflict {
  /** The transaction is rolled back. */
  ROLLBACK,
  /** The statement is undone: the default. */
  ABORT,
  /** The statement stops, what it has done stays. */
  FAIL,
  /** The row is left out without an error. */
  IGNORE,
  /** The rows in the way are deleted. */
  REPLACE
}

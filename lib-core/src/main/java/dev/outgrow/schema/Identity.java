package dev.outgrow.schema;

/**
 * Whether the database fills a column by itself.
 *
 * @since 0.1
 */
public enum Identity {
  /** The column is filled by who inserts. */
  NONE,
  /**
   * The database fills it unless a value is given: SQLite's {@code INTEGER PRIMARY KEY},
   * PostgreSQL's default.
   */
  BY_DEFAULT,
  /** The database fills it and refuses a given value. */
  ALWAYS
}

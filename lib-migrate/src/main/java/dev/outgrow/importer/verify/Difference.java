package dev.outgrow.importer.verify;

import java.util.List;

/**
 * A row, or a table, that is not the same on both sides.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the source table
 * @param key the row: {@code id=7}; empty where it is the table itself
 * @param what what is different
 * @param columns the source's names of the columns that differ, where both sides have the row
 * @since 0.1
 */
public record Difference(String table, String key, What what, List<String> columns) {

  /** Copies the list. */
  public Difference {
    columns = List.copyOf(columns);
  }

  /** What can be different. */
  public enum What {
    /** PostgreSQL has no such row. */
    MISSING("is missing in PostgreSQL"),
    /** SQLite has no such row. */
    EXTRA("is in PostgreSQL only"),
    /** The row is on both sides with other values. */
    CHANGED("differs"),
    /** Rows of the table that are not the file's are not as they were. */
    DISTURBED("has lost or changed rows that are not the file's"),
    /** PostgreSQL has no such table. */
    NO_TABLE("is missing in PostgreSQL"),
    /** PostgreSQL's columns are not those that the import makes. */
    OTHER_COLUMNS("has other columns in PostgreSQL");

    private final String words;

    What(String words) {
      this.words = words;
    }

    /** Returns the predicate of a sentence about the row or table. */
    public String words() {
      return words;
    }
  }

  /** Returns the difference as a person reads it. */
  public String describe() {
    String subject = key.isEmpty() ? "Table " + table : "Table " + table + ", row " + key;
    return subject
        + " "
        + what.words()
        + (columns.isEmpty() ? "" : " in " + String.join(", ", columns));
  }
}

package dev.outgrow.importer.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row, or a table, that is not the same on both sides.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the source table
 * @param key the row: {@code id=7}; empty where it is the table itself
 * @param what what is different
 * @param columns the source's names of the columns that differ, where both sides have the row; or
 *     what of the table it is about
 * @param values what both sides hold in these columns, where both have the row
 * @since 0.1
 */
public record Difference(
    String table, String key, What what, List<String> columns, List<Values> values) {

  /** Copies the lists. */
  public Difference {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  /** Makes one of which no values are known. */
  public Difference(String table, String key, What what, List<String> columns) {
    this(table, key, what, columns, List.of());
  }

  /**
   * What both sides hold in one column of a row, written for people; long values are cut.
   *
   * @param column the source's name of the column
   * @param source what SQLite holds: {@code 'text'}, {@code x'00ff'}, {@code 1.5}, {@code NULL}
   * @param target what PostgreSQL holds
   */
  public record Values(String column, String source, String target) {}

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
    OTHER_COLUMNS("has other columns in PostgreSQL"),
    /** A constraint is there, but nobody asked whether the rows keep it. */
    NOT_VALIDATED("has a constraint that its rows were never held to,"),
    /** An index is there, but PostgreSQL does not use it. */
    INVALID_INDEX("has an index that is not valid,"),
    /** A sequence would number new rows with what the column holds. */
    TAKEN_NUMBERS("would give new rows numbers that are taken,"),
    /** Another SQLite file has no such row or table. */
    ABSENT("is missing in the target", "the source", "the target"),
    /** Another SQLite file alone has such a row. */
    ADDED("is in the target only", "the source", "the target"),
    /** The row is in both SQLite files with other values. */
    ALTERED("differs", "the source", "the target"),
    /** Both SQLite files have it, but it is not defined in the same words. */
    REDEFINED("is defined otherwise in the target", "the source", "the target");

    private final String words;
    private final String source;
    private final String target;

    What(String words) {
      this(words, "SQLite", "PostgreSQL");
    }

    What(String words, String source, String target) {
      this.words = words;
      this.source = source;
      this.target = target;
    }

    /** Returns the predicate of a sentence about the row or table. */
    public String words() {
      return words;
    }
  }

  /** Returns the difference as a person reads it, without a value but the key. */
  public String describe() {
    String subject = key.isEmpty() ? "Table " + table : "Table " + table + ", row " + key;
    return subject
        + " "
        + what.words()
        + (columns.isEmpty() ? "" : " in " + String.join(", ", columns));
  }

  /** Returns the same with the values of both sides. */
  public String describeWithValues() {
    return describe() + (values.isEmpty() ? "" : ": " + describeValues());
  }

  /** Returns the values of both sides alone; nothing where none are known. */
  public String describeValues() {
    boolean several = values.size() > 1;
    return values.stream()
        .map(
            v ->
                (several ? v.column() + " " : "")
                    + v.source()
                    + " in "
                    + what.source
                    + ", "
                    + v.target()
                    + " in "
                    + what.target)
        .collect(Collectors.joining("; "));
  }
}

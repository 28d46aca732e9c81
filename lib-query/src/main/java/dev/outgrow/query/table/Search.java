package dev.outgrow.query.table;

/**
 * What a column's search terms mean. ASCII letters are the same in either case where it says so,
 * and only those: the two backends agree on no others.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum Search {
  /** The column cannot be searched. */
  NONE,
  /** Text that holds the term somewhere, in either case. */
  CONTAINS,
  /** Text that begins with the term, in either case. */
  PREFIX,
  /** A value that equals the term: text to the letter, numbers and times by value. */
  EQUALS,
  /** From one value to another, both included: {@code 10..20}, {@code 10..}, {@code ..20}. */
  RANGE,
  /** One of at most 100 values, separated by {@code |}. */
  IN;

  /** Returns whether it looks into text, which only a column of text has. */
  boolean needsText() {
    return this == CONTAINS || this == PREFIX;
  }
}

package dev.outgrow.query.parity;

/**
 * What counts as equal though the two backends give it differently. Anything else is a difference.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum Equivalence {
  /** {@code 1}, {@code 1.0} and {@code 1.00} are one number, whatever their Java types. */
  NUMBERS("numbers of equal value, whatever their types and scales: 1, 1.0 and 1.00"),
  /** SQLite computes in binary fractions where PostgreSQL computes in decimals. */
  FRACTIONS(
      "numbers of which one is a binary fraction, or a decimal one of 15 digits or more, if they agree in 12 digits: 0.1 + 0.2 and 0.3"),
  /** SQLite has no type for truth. */
  TRUTH("true and 1, false and 0"),
  /** SQLite has no type for times. */
  TIMES("times of one moment, and such a time and its ISO 8601 text"),
  /** SQLite has no type for UUIDs and JSON. */
  TEXTS("a UUID and its text; JSON and its text, to the letter"),
  /** Bytes are compared by content. */
  BYTES("bytes of equal content"),
  /** A null is equal to a null alone. */
  NULLS("a null and a null, and nothing else: not the empty text, not 0");

  private final String description;

  Equivalence(String description) {
    this.description = description;
  }

  /** Returns what it takes for equal, as a phrase. */
  public String description() {
    return description;
  }
}

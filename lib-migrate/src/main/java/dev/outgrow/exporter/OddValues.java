package dev.outgrow.exporter;

/**
 * Counts the values of a column for which SQLite has no number or moment, and which are kept as the
 * text that PostgreSQL shows: NaN, infinity, a year before 1 or after 9999, 24 o'clock. <em>Not
 * thread-safe.</em>
 */
final class OddValues {
  private long count;

  /** Counts one. */
  void met() {
    count++;
  }

  /** Returns how many there were. */
  long count() {
    return count;
  }
}

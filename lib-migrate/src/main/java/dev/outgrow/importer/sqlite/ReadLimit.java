package dev.outgrow.importer.sqlite;

import dev.outgrow.error.ValueException;

/**
 * How much of a row is read as a whole. Where a row has more, whoever reads is told by a failure
 * that no user sees: the table is then read in another way. <em>Not thread-safe.</em>
 */
final class ReadLimit {
  private final String table;
  private final long most;
  private boolean exceeded;

  private ReadLimit(String table, long most) {
    this.table = table;
    this.most = most;
  }

  static ReadLimit of(String table, long bytes) {
    return new ReadLimit(table, bytes);
  }

  /** For rows of which it is known that they are small enough. */
  static ReadLimit none(String table) {
    return new ReadLimit(table, Long.MAX_VALUE);
  }

  /**
   * Takes note of what has been read of a row.
   *
   * @throws ValueException if it is too much
   */
  void read(long bytes) {
    if (bytes > most) {
      throw exceed();
    }
  }

  /** Takes note that a row is too large. */
  ValueException exceed() {
    exceeded = true;
    return new ValueException(
        table,
        "",
        "",
        "it has more than " + most + " bytes and cannot be read as a whole",
        "The table is read piece by piece instead; there is nothing to do.");
  }

  /** Returns whether there is a limit at all. */
  boolean isSet() {
    return most < Long.MAX_VALUE;
  }

  boolean exceeded() {
    return exceeded;
  }
}

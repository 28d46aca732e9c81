package dev.outgrow.exporter;

/** Takes the values of one row of a SQLite table, column by column. <em>Not thread-safe.</em> */
interface CellSink {

  /** Takes null. */
  void absent();

  /** Takes a whole number. */
  void integer(long value);

  /** Takes a real number, which is not NaN: SQLite has none. */
  void real(double value);

  /** Takes text in UTF-8. */
  void text(byte[] bytes, int offset, int length);

  /** Takes bytes. */
  void blob(byte[] bytes, int offset, int length);

  /**
   * Takes a text or bytes that are not in memory as a whole; they come when the row ends.
   *
   * @param text whether it is text
   * @param length how many bytes it has
   */
  void large(boolean text, int length);
}

package dev.outgrow.exporter;

/**
 * How values are written for which SQLite has several ways.
 *
 * <p><em>Immutable.</em>
 *
 * @param separator what stands between day and time
 * @param zone what stands behind a moment in UTC: {@code Z}, {@code +00:00} or nothing
 * @param decimals digits of a second's fraction; -1 for as many as it takes
 * @param seconds whether seconds are written
 * @param yes the text for yes; empty for 1
 * @param no the text for no; empty for 0
 * @param capitals whether a UUID is in capitals
 * @param bytes whether a UUID is its 16 bytes
 */
record Spelling(
    char separator,
    String zone,
    int decimals,
    boolean seconds,
    String yes,
    String no,
    boolean capitals,
    boolean bytes) {
  /** As SQLite's own functions write. */
  static final Spelling USUAL = new Spelling(' ', "", -1, true, "", "", false, false);

  /** With a zone, as ISO 8601 writes it. */
  static final Spelling ZONED = new Spelling('T', "Z", -1, true, "", "", false, false);

  /** Returns one of moments. */
  static Spelling moment(char separator, String zone, int decimals, boolean seconds) {
    return new Spelling(separator, zone, decimals, seconds, "", "", false, false);
  }

  /** Returns one of truth. */
  static Spelling truth(String yes, String no) {
    return new Spelling(' ', "", -1, true, yes, no, false, false);
  }

  /** Returns one of UUIDs. */
  static Spelling uuid(boolean capitals, boolean bytes) {
    return new Spelling(' ', "", -1, true, "", "", capitals, bytes);
  }
}

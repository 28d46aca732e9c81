package dev.outgrow.sql.sqlite;

/** Ends the reading of a text. It never leaves the package: it becomes a {@link Parsed}. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String reason;

  UnreadableException(int offset, String reason) {
    super(reason, null, false, false);
    this.offset = offset;
    this.reason = reason;
  }

  int offset() {
    return offset;
  }

  String reason() {
    return reason;
  }
}

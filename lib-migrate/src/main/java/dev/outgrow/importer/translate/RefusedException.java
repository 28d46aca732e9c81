package dev.outgrow.importer.translate;

import java.io.Serial;

/** What has no faithful translation. It never leaves this package. */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int offset;

  RefusedException(String reason, int offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

package dev.outgrow.importer.page;

/**
 * Says that a page holds what this reader does not know: something rare, or damage. Whoever reads
 * lets SQLite's own library decide which; no user sees this.
 *
 * @since 0.1
 */
final class UnknownFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one without a stack trace: it is an answer and not a failure.
   *
   * @param page the page, from 1
   * @param what what was met
   */
  UnknownFormatException(int page, String what) {
    super("page " + Integer.toUnsignedString(page) + ": " + what, null, false, false);
  }
}

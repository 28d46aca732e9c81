package dev.outgrow.importer.progress;

/**
 * Is told how much of a table was sent. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RowsSent {

  /**
   * Takes note.
   *
   * @param rows rows of the table so far
   * @param bytes bytes of the table so far
   */
  void sent(long rows, long bytes);
}

package dev.outgrow.importer.source;

/**
 * Walks over all rows of one table, once. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface RowCursor extends AutoCloseable {

  /**
   * Moves to the next row.
   *
   * @return whether there is one
   * @throws dev.outgrow.error.SourceFileException if the source cannot be read any further
   */
  boolean next();

  /** Returns the row the cursor stands on. The same object each time. */
  SourceRow row();

  /** Ends the walk and frees what it held. */
  @Override
  void close();
}

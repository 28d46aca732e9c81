package dev.outgrow.importer.source;

/**
 * Walks over some rows of one table, once, however large they are. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface RawCursor extends AutoCloseable {

  /**
   * Moves to the next row.
   *
   * @return whether there is one
   * @throws dev.outgrow.error.SourceFileException if the source cannot be read any further
   */
  boolean next();

  /** Returns the row the cursor stands on. The same object each time. */
  RawRow row();

  /** Ends the walk and frees what it held. */
  @Override
  void close();
}

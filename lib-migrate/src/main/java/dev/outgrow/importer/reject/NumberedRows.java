package dev.outgrow.importer.reject;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of rows that were handed to it, in the order in which they were.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface NumberedRows extends AutoCloseable {

  /** Moves to the next row of which something is said. */
  boolean next();

  /** Returns which of the rows it is, counted from 1. */
  long number();

  /** Returns what is said, by columns counted from 0. */
  @Nullable String text(int column);

  /** Ends the reading. */
  @Override
  void close();
}

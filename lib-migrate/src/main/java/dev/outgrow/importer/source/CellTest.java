package dev.outgrow.importer.source;

/**
 * Asks cells of one column, none of them null, for a trait. It may compare each with those before.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface CellTest {

  /** Returns whether a cell has the trait. */
  boolean holds(SourceRow row, int column);
}

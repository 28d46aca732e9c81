package dev.outgrow.importer.page;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * What has to be known of a table to read its rows.
 *
 * <p><em>Immutable.</em>
 *
 * @param shape how its records are laid out
 * @param keyNames the names of the columns that tell one row from another, for people
 * @param keyPositions where these are among the columns; the one behind the last is the rowid
 * @param utf8 whether the file stores text in UTF-8
 * @param toUtf8 turns text as the file stores it into UTF-8
 * @param most the most bytes of a record that is read as a whole
 * @param added gives the value of a column in records that are older than the column, once it was
 *     asked with the column
 * @param held is told how many bytes of text and blobs of a row are in memory, and may refuse
 * @since 0.1
 */
public record PageTable(
    TableShape shape,
    List<String> keyNames,
    List<Integer> keyPositions,
    boolean utf8,
    UnaryOperator<byte[]> toUtf8,
    long most,
    Added added,
    LongConsumer held) {
  /** Copies the lists. */
  public PageTable {
    keyNames = List.copyOf(keyNames);
    keyPositions = List.copyOf(keyPositions);
  }

  /**
   * Knows the values of columns that were added when there were rows already.
   *
   * <p><em>Not thread-safe.</em>
   */
  @FunctionalInterface
  public interface Added {
    /**
     * Returns the value that all these rows have.
     *
     * @param column the column, from 0
     * @return nothing if it cannot be known
     */
    Optional<Value> value(int column);
  }
}

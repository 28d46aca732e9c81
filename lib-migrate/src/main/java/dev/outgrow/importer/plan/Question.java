package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.NotCarried;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the server is asked about the staged rows before anything that was there is touched.
 *
 * <p><em>Immutable.</em>
 *
 * @param title what is asked
 * @param fault what is wrong with a row that is counted, as it goes on after a number: {@code
 *     "values of t.c that …"}
 * @param count counts the rows that are wrong
 * @param example finds one of them and returns its key; empty where it has none
 * @param keyColumns the source's names of the columns that {@code example} returns
 * @param otherwise what is not carried where it is allowed to be wrong, or null where the import is
 *     then refused
 * @since 0.1
 */
public record Question(
    String title,
    String fault,
    String count,
    String example,
    List<String> keyColumns,
    @Nullable NotCarried otherwise) {

  /** Copies the list. */
  public Question {
    keyColumns = List.copyOf(keyColumns);
  }
}

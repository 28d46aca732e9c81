package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.source.Link;
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
 * @param condition of a question about values, the condition of SQL under which a row of the
 *     staging table {@code c} is wrong; otherwise empty
 * @param table the source table whose rows are wrong; empty where they are not the source's
 * @param column the source column they are wrong in; empty for a reference
 * @param reason why a row is wrong whose value it is; empty where that is not said of single rows
 * @param link the reference that leads nowhere, in the source's names, or null
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
    String condition,
    String table,
    String column,
    String reason,
    @Nullable Link link,
    @Nullable NotCarried otherwise) {

  /** Copies the list. */
  public Question {
    keyColumns = List.copyOf(keyColumns);
  }

  /** Returns whether what is wrong are rows of the source, which could be kept aside. */
  public boolean isOfRows() {
    return !table.isEmpty();
  }
}

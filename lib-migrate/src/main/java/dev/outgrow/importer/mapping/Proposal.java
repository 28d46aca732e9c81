package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that may be wanted for a column whose numbers look like moments.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table
 * @param column the column
 * @param read what its numbers seem to count, as a rule says it
 * @param round whether some of them are finer than PostgreSQL's microseconds
 * @param earliest the first moment there would be, to the second
 * @param latest the last moment there would be, to the second
 * @since 0.1
 */
public record Proposal(
    String table, String column, String read, boolean round, String earliest, String latest) {

  /** Returns the proposals for columns that have no rule yet. */
  public static List<Proposal> of(List<SourceTable> tables, SchemaMapping mapping) {
    List<Proposal> proposals = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      List<ColumnMapping> columns = mapping.tables().get(t).columns();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).reading().isStored()) {
          EpochGuess.of(tables.get(t), i).ifPresent(proposals::add);
        }
      }
    }
    return proposals;
  }

  /** Returns the rule as it is written in a file of rules. */
  public String text() {
    return "# "
        + earliest
        + " to "
        + latest
        + "\n[column "
        + NearNames.column(table, column)
        + "]\nread = "
        + read
        + (round ? "\nround = yes" : "")
        + "\n";
  }
}

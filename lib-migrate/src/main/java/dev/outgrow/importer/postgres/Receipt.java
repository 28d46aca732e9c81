package dev.outgrow.importer.postgres;

import dev.outgrow.importer.journal.JournalTable;
import java.util.List;

/**
 * What the journal says of a table besides its rows.
 *
 * <p><em>Immutable.</em>
 *
 * @param definition a hash of how it was made and how its rows are encoded
 * @param choice how its rows were chosen
 * @param plain its columns that PostgreSQL was to compute and does not
 * @param reasons why not
 * @since 0.1
 */
public record Receipt(
    String definition, String choice, List<String> plain, List<JournalTable.Reason> reasons) {

  /** Copies the lists. */
  public Receipt {
    plain = List.copyOf(plain);
    reasons = List.copyOf(reasons);
  }
}

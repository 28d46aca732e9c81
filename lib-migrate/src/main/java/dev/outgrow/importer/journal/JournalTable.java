package dev.outgrow.importer.journal;

import java.util.List;

/**
 * A table that an import has loaded.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in the source
 * @param target its name in PostgreSQL
 * @param definition a hash of how it was made and how its rows were encoded
 * @param choice how its rows were chosen
 * @param rows how many there are
 * @param bytes how many bytes were sent
 * @param checksum the checksum of the source's rows: 32 hexadecimal digits
 * @param plain its columns that PostgreSQL was to compute and does not, by their names in the
 *     source
 * @param reasons why not, one for each thing that is named in the report
 * @param verified whether it was read back and found equal
 * @since 0.1
 */
public record JournalTable(
    String source,
    String target,
    String definition,
    String choice,
    long rows,
    long bytes,
    String checksum,
    List<String> plain,
    List<Reason> reasons,
    boolean verified) {

  /** Copies the lists. */
  public JournalTable {
    plain = List.copyOf(plain);
    reasons = List.copyOf(reasons);
  }

  /**
   * Why something is not carried.
   *
   * @param name what
   * @param why why
   */
  public record Reason(String name, String why) {}
}

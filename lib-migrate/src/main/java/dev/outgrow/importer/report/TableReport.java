package dev.outgrow.importer.report;

import dev.outgrow.importer.existing.Merged;
import org.jspecify.annotations.Nullable;

/**
 * What became of one table.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the source table
 * @param rowsRead rows read from the source
 * @param rowsVerified rows read back from PostgreSQL and found equal
 * @param rowsRejected rows kept aside
 * @param bytes bytes sent to PostgreSQL
 * @param millis milliseconds spent on copying and on reading back
 * @param checksum 32 hexadecimal digits that stand for all its rows
 * @param verified whether every row arrived, and nothing else
 * @param merged what became of the rows where they were added to others, or null
 * @since 0.1
 */
public record TableReport(
    String name,
    long rowsRead,
    long rowsVerified,
    long rowsRejected,
    long bytes,
    long millis,
    String checksum,
    boolean verified,
    @Nullable Merged merged) {

  /** Says what became of a table whose rows were not added to others. */
  public TableReport(
      String name,
      long rowsRead,
      long rowsVerified,
      long rowsRejected,
      long bytes,
      long millis,
      String checksum,
      boolean verified) {
    this(name, rowsRead, rowsVerified, rowsRejected, bytes, millis, checksum, verified, null);
  }

  /**
   * Returns the same of rows that were added to others; those that were left out are not proven.
   */
  public TableReport with(Merged added) {
    return new TableReport(
        name,
        rowsRead,
        added.inserted() + added.updated() + added.equal(),
        rowsRejected,
        bytes,
        millis,
        checksum,
        verified,
        added);
  }

  /** Returns the rows that were left out because the target has others with their keys. */
  public long rowsKept() {
    return merged == null ? 0 : merged.kept();
  }
}

package dev.outgrow.importer.report;

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
    boolean verified) {}

package dev.outgrow.importer.report;

/**
 * When one table was carried or compared.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the source table
 * @param begin milliseconds from the begin of the import
 * @param millis milliseconds it took
 * @since 0.1
 */
public record TableTime(String name, long begin, long millis) {}

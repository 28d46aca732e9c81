package dev.outgrow.importer.mapping;

/**
 * A name that PostgreSQL could not keep.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind {@code table}, {@code column}, {@code index}, {@code constraint}
 * @param from its name in the source; a column's without its table
 * @param to its name in PostgreSQL
 * @since 0.1
 */
public record Renamed(String kind, String from, String to) {}

package dev.outgrow.exporter;

/**
 * The type of a column of PostgreSQL.
 *
 * <p><em>Immutable.</em>
 *
 * @param base its name as the server prints it, without a domain around it
 * @param kind {@code b} of a plain type, {@code e} of an enum, {@code c} of a composite, {@code r}
 *     of a range, {@code m} of several ranges, {@code d} of a domain on a domain
 * @param category {@code A} of an array
 */
record PgType(String base, String kind, String category) {}

package dev.outgrow.importer.mapping;

/**
 * A column whose type is not what its declaration alone would have given.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the source table
 * @param column the source column
 * @param declared its declared type
 * @param target the PostgreSQL type it got
 * @param why what it really holds, with counts and example keys
 * @since 0.1
 */
public record ChangedType(
    String table, String column, String declared, String target, String why) {}

package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.SourceTable;

/**
 * What the first rows of a table look like.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table with the number of all its rows, but the profiles of the first ones
 * @param whole whether these are all rows
 * @since 0.1
 */
public record Glimpse(SourceTable table, boolean whole) {}

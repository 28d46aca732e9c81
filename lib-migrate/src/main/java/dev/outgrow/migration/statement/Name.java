package dev.outgrow.migration.statement;

import org.jspecify.annotations.Nullable;

/**
 * The name of a table, index or type in a statement.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the schema before the point, or null if there is none
 * @param name the name itself, without quotes
 * @param text as it stands in the statement, for SQL that is to be run by hand
 * @since 0.1
 */
public record Name(@Nullable String schema, String name, String text) {}

package dev.outgrow.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param type its type as the backend writes it; empty where SQLite has none declared
 * @param nullable whether the backend lets a null in
 * @param defaultValue its default as an expression in the backend's own SQL, or null
 * @param identity whether the database fills it
 * @param generated how it is computed, or null for an ordinary column
 * @param collation its collation where declared and not the default, or null
 * @since 0.1
 */
public record Column(
    String name,
    String type,
    boolean nullable,
    @Nullable String defaultValue,
    Identity identity,
    @Nullable Generated generated,
    @Nullable String collation) {}

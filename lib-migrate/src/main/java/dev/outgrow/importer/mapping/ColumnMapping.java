package dev.outgrow.importer.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What one column becomes.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in the source
 * @param target its name in PostgreSQL
 * @param type its PostgreSQL type
 * @param notNull whether it refuses nulls
 * @param defaultSql its default as PostgreSQL's SQL, or null
 * @param computedDefault its default where that is not a plain value but has to be computed, as
 *     PostgreSQL's SQL, or null
 * @param identity whether PostgreSQL fills it where no value is given
 * @since 0.1
 */
public record ColumnMapping(
    String source,
    String target,
    TargetType type,
    boolean notNull,
    @Nullable String defaultSql,
    @Nullable String computedDefault,
    boolean identity) {}

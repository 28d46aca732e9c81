package dev.outgrow.importer.progress;

import dev.outgrow.importer.plan.Phase;

/**
 * How far an import is.
 *
 * <p><em>Immutable.</em>
 *
 * @param phase the part it is in
 * @param table the source table it is at; empty where the phase is not about one
 * @param tableRows rows of this table done in this phase
 * @param rows rows of all tables done in this phase
 * @param totalRows rows of all tables there are; 0 where that is not known or the phase does not go
 *     row by row
 * @since 0.1
 */
public record Progress(Phase phase, String table, long tableRows, long rows, long totalRows) {}

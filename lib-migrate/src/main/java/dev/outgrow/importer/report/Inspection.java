package dev.outgrow.importer.report;

import dev.outgrow.importer.mapping.Proposal;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.source.SourceTable;
import java.util.List;

/**
 * What a SQLite file holds and what it would become. Nothing was written to find it out.
 *
 * <p><em>Immutable.</em>
 *
 * @param source the SQLite file
 * @param tables its tables, and what each of their columns really holds
 * @param mapping what they would become
 * @since 0.1
 */
public record Inspection(String source, List<SourceTable> tables, SchemaMapping mapping) {

  /** Copies the list. */
  public Inspection {
    tables = List.copyOf(tables);
  }

  /** Returns rules for columns whose numbers may be moments and that have no rule yet. */
  public List<Proposal> proposals() {
    return Proposal.of(tables, mapping);
  }
}

package dev.outgrow.importer.report;

import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.Proposal;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.SourceTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a SQLite file holds and what it would become. Nothing was written to find it out.
 *
 * <p><em>Immutable.</em>
 *
 * @param source the SQLite file
 * @param tables its tables, and what each of their columns really holds
 * @param mapping what they would become
 * @param existing the tables that are there for them, or null where new ones would be made
 * @since 0.1
 */
public record Inspection(
    String source,
    List<SourceTable> tables,
    SchemaMapping mapping,
    @Nullable ExistingMapping existing) {

  /** Copies the list. */
  public Inspection {
    tables = List.copyOf(tables);
  }

  /** Returns rules for columns whose numbers may be moments and that have no rule yet. */
  public List<Proposal> proposals() {
    return Proposal.of(tables, mapping);
  }

  /** Says what a file becomes whose tables are made anew. */
  public Inspection(String source, List<SourceTable> tables, SchemaMapping mapping) {
    this(source, tables, mapping, null);
  }

  /** Returns in what the file and the tables that are there do not agree. */
  public List<Finding> findings() {
    return existing == null ? List.of() : existing.findings();
  }

  /**
   * Returns the PostgreSQL type of what a column becomes, or of the column that is there for it;
   * nothing where it stays behind.
   *
   * @param table one of the tables
   * @param column the place of the column in it
   */
  public Optional<String> becomes(SourceTable table, int column) {
    String name = table.table().columns().get(column).name();
    return existing == null
        ? made(table, name)
        : existing.tables().stream()
            .filter(t -> t.mapping().source().equals(table.name()))
            .findFirst()
            .flatMap(t -> landed(t, name));
  }

  private Optional<String> made(SourceTable table, String column) {
    return mapping.tables().stream()
        .filter(t -> t.source().equals(table.name()))
        .findFirst()
        .flatMap(t -> position(t, column).map(i -> t.columns().get(i).type().sql()));
  }

  private static Optional<String> landed(LandedTable table, String column) {
    return position(table.mapping(), column).map(i -> table.landings().get(i).type());
  }

  private static Optional<Integer> position(TableMapping table, String column) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).source().equals(column)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}

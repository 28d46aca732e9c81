package dev.outgrow.importer.existing;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.Link;
import dev.outgrow.schema.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * Which tables of a file go into which that are there already, and in what the two do not agree.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the schema whose tables rule, as it was looked at
 * @param mapping the tables as they are staged, and what does not go along
 * @param tables the same tables, each with the one that is there
 * @param findings in what the file and the target do not agree
 * @param append what becomes of rows that the tables hold, where it is added to them
 * @since 0.1
 */
public record ExistingMapping(
    ExistingSchema schema,
    SchemaMapping mapping,
    List<LandedTable> tables,
    List<Finding> findings,
    Append append) {

  /** Copies the lists. */
  public ExistingMapping {
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }

  /** Returns what the import is refused for; none where it may go on. */
  public List<Finding> refusals() {
    return findings.stream().filter(Finding::refuses).toList();
  }

  /** Returns what is wrong with rows, as far as looking at the file has told. */
  public List<Finding> ofRows() {
    return findings.stream().filter(Finding::isOfRows).toList();
  }

  /** Returns whether rows are added to those that the tables hold. */
  public boolean appends() {
    return append != Append.NONE;
  }

  /** Returns the tables that hold rows. */
  public List<LandedTable> filled() {
    return tables.stream().filter(t -> t.existing().rows() > 0).toList();
  }

  /**
   * Returns the same mapping for a later look at the same tables.
   *
   * @param later the later look, of the same shape
   */
  public ExistingMapping asOf(ExistingSchema later) {
    List<LandedTable> now =
        tables.stream().map(t -> t.into(later.table(t.existing().name()).orElseThrow())).toList();
    return new ExistingMapping(later, mapping, now, findings, append);
  }

  /** Returns the foreign keys of the tables, and those of others to rows that are replaced. */
  public List<ExistingKey> keys() {
    return schema.keys().stream()
        .filter(k -> names(tables, k.table()) || names(filled(), k.referenced()))
        .toList();
  }

  /** Returns what lands in a table's place. */
  public LandedTable landed(TableMapping table) {
    return tables.stream()
        .filter(t -> t.mapping().source().equals(table.source()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No table " + table.source()));
  }

  /**
   * Returns a foreign key in the source's names; nothing where its rows are not the file's, or
   * where only the server can check it: a column of it is left to the server, or of a type with an
   * equality of its own.
   */
  public Optional<Link> link(ExistingKey key) {
    Optional<LandedTable> child = landed(key.table());
    Optional<List<String>> referring = child.flatMap(t -> t.sources(key.columns()));
    Optional<LandedTable> parent = landed(key.referenced());
    Optional<List<String>> referred =
        parent.isPresent()
            ? parent.get().sources(key.referencedColumns())
            : Optional.of(key.referencedColumns());
    return referring.isEmpty() || referred.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Link(
                child.orElseThrow().mapping().source(),
                referring.get(),
                parent.map(t -> t.mapping().source()).orElseGet(() -> apart(key.referenced())),
                referred.get()));
  }

  /** Returns what goes into one of the target's tables. */
  public Optional<LandedTable> landed(Identifier table) {
    return tables.stream().filter(t -> schema.in(t.existing().name()).equals(table)).findFirst();
  }

  /** A table that the file has no rows for goes by a name that none of the file's has. */
  private String apart(Identifier table) {
    String name = table.name();
    while (isOfTheFile(name)) {
      name = table.schema() + "." + name;
    }
    return name;
  }

  private boolean isOfTheFile(String name) {
    return tables.stream().anyMatch(t -> t.mapping().source().equals(name));
  }

  private boolean names(List<LandedTable> among, Identifier table) {
    return among.stream().anyMatch(t -> schema.in(t.existing().name()).equals(table));
  }
}

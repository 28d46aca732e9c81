package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.page.Part;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table as it has to be on both sides. It is compared as an import of the file would be: what
 * the file holds is read and understood by the import's own verification, which shares no code with
 * what wrote it. A value that was kept as text because SQLite has none of its kind is compared as
 * the text that the server itself shows. <em>Immutable.</em>
 */
final class Proof {
  private static final String ODD = " (as text)";

  private final ExportTable table;
  private final List<Integer> odd;

  /**
   * Makes one.
   *
   * @param table the table
   * @param odd the positions of the columns with values that are kept as text
   */
  Proof(ExportTable table, Set<Integer> odd) {
    this.table = table;
    this.odd = odd.stream().sorted().toList();
  }

  /** Returns the table as verification sees it. */
  TableMapping mapping() {
    TableMapping plain = table.mapping();
    List<ColumnMapping> columns = new ArrayList<>(plain.columns());
    for (int position : odd) {
      ColumnMapping column = plain.columns().get(position);
      columns.add(
          new ColumnMapping(
              column.source() + ODD,
              column.target() + ODD,
              TargetType.TEXT,
              false,
              null,
              null,
              false,
              null,
              Reading.STORED));
    }
    @Nullable PrimaryKey key = plain.primaryKey();
    return new TableMapping(
        plain.source(),
        plain.target(),
        0,
        columns,
        key,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  /** Returns what stands behind FROM to read PostgreSQL's side. */
  String relation() {
    List<String> selected = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ExportColumn column = table.columns().get(i);
      if (odd.contains(i)) {
        String name = Dialect.POSTGRESQL.quote(column.target());
        String when = "CASE WHEN " + isOdd(column, name) + " THEN ";
        selected.add(when + "NULL ELSE " + name + " END AS " + name);
        String text = Dialect.POSTGRESQL.quote(column.target() + ODD);
        texts.add(when + name + "::text END AS " + text);
      } else {
        selected.add(column.selected());
      }
    }
    selected.addAll(texts);
    return "(SELECT " + String.join(", ", selected) + " FROM " + table.relation() + ")";
  }

  private static String isOdd(ExportColumn column, String name) {
    String infinite = "NOT pg_catalog.isfinite(" + name + ")";
    boolean counted = column.reading().form().isCount();
    return switch (column.type().base()) {
      case DATE, TIMESTAMP, TIMESTAMPTZ ->
          counted
              ? infinite
              : infinite + " OR " + name + " < '0001-01-01' OR " + name + " >= '10000-01-01'";
      case TIME -> name + " = '24:00:00'";
      default -> name + " = 'NaN'";
    };
  }

  /** Has rows that are too large to be in memory as a whole read in pieces from now on. */
  void measure(SqliteSource source, Halt halt) {
    Table definition = definition(source);
    List<Set<Trait>> traits = definition.columns().stream().map(c -> Set.<Trait>of()).toList();
    source.survey(definition.name(), traits, Long.MAX_VALUE, rows -> halt.check());
  }

  private Table definition(SqliteSource source) {
    return source.definitions().stream()
        .filter(t -> Identifier.folded(t.name()).equals(Identifier.folded(table.source())))
        .findFirst()
        .orElseThrow();
  }

  /** Walks over SQLite's side. */
  RowCursor rows(SqliteSource source) {
    Table definition = definition(source);
    return rows(definition, source.rows(definition.name()));
  }

  /** Condenses a part of SQLite's side; nothing if it has to be read as a whole. */
  Optional<TableDigest> digest(SqliteSource source, Part part) {
    Table definition = definition(source);
    return source
        .part(definition.name(), part)
        .flatMap(
            rows -> {
              TableDigest digest = Verifier.digest(mapping(), rows(definition, rows));
              return rows.isComplete() ? Optional.of(digest) : Optional.empty();
            });
  }

  private RowCursor rows(Table definition, RowCursor all) {
    List<String> names =
        definition.columns().stream().map(c -> Identifier.folded(c.name())).toList();
    List<Integer> positions =
        table.columns().stream().map(c -> names.indexOf(Identifier.folded(c.source()))).toList();
    return new ProofRows(
        all,
        positions.stream().mapToInt(Integer::intValue).toArray(),
        odd.stream().mapToInt(Integer::intValue).toArray());
  }
}

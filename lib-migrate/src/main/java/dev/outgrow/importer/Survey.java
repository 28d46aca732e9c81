package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kept;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.salvage.Salvage;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SelectedColumns;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.importer.sqlite.SourceContents;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A source that was looked at, still open as of the same moment, and what would become of it. */
final class Survey implements AutoCloseable {
  private final SqliteSource source;
  private final List<SourceTable> tables;
  private final Places.Found found;
  private final boolean whole;
  private final Path file;
  private final @Nullable Salvage salvage;

  Survey(
      SqliteSource source,
      List<SourceTable> tables,
      Places.Found found,
      boolean whole,
      Path file,
      @Nullable Salvage salvage) {
    this.source = source;
    this.tables = tables;
    this.found = found;
    this.whole = whole;
    this.file = file;
    this.salvage = salvage;
  }

  static Survey of(Path file, ImportOptions options) {
    return of(file, options, Places.made(options));
  }

  static Survey of(Path file, ImportOptions options, Places places) {
    try {
      return of(file, SqliteSource.open(file), null, options, places);
    } catch (SourceFileException e) {
      if (!options.salvage() || !e.damaged()) {
        throw e;
      }
    }
    Salvage salvage = Salvage.of(file);
    try {
      return of(file, SqliteSource.open(salvage.file()), salvage, options, places);
    } catch (RuntimeException e) {
      closeAfter(salvage, e);
      throw e;
    }
  }

  private static Survey of(
      Path file,
      SqliteSource source,
      @Nullable Salvage salvage,
      ImportOptions options,
      Places places) {
    try {
      SourceContents contents = source.contents();
      Inventory inventory = Inventory.of(source, contents, options.selection());
      if (salvage != null) {
        inventory.lost(salvage.lost());
      }
      source.refuseDamage(options.selection()::leavesOut);
      options.rules().requireUse(source.definitions());
      Function<Table, List<Set<Trait>>> traits = places.traits(source.definitions());
      List<SourceTable> tables = new ArrayList<>();
      long rows = 0;
      for (Table table : source.definitions()) {
        if (options.rules().skipsTable(table.name())) {
          continue;
        }
        long before = rows;
        SourceTable surveyed =
            source.survey(
                table.name(),
                traits.apply(table),
                options.largestRow(),
                done -> tell(options, table.name(), done, before + done));
        tables.add(surveyed);
        rows += surveyed.rows();
        tell(options, table.name(), surveyed.rows(), rows);
      }
      Kept kept = Kept.of(source.definitions(), tables, options.rules());
      inventory.add(kept);
      Places.Found found = places.map(kept.tables(), source.describe(contents.views()), inventory);
      return new Survey(source, kept.tables(), found, inventory.isWhole(), file, salvage);
    } catch (RuntimeException e) {
      closeAfter(source, e);
      throw e;
    }
  }

  private static void tell(ImportOptions options, String table, long done, long rows) {
    options.progressed(new Progress(Phase.SURVEY, table, done, rows, 0));
  }

  SchemaMapping mapping() {
    return found.mapping();
  }

  /** Returns the tables that are there already, which the caller asked to load into. */
  ExistingMapping existing() {
    return Objects.requireNonNull(found.existing());
  }

  /** Walks over the same rows as {@link #rows} does, with the columns that are left out as well. */
  RowCursor wholeRows(String table) {
    return source.rows(table);
  }

  /** Returns the names of all columns of a table, also of those that are left out. */
  List<String> columns(String table) {
    return definition(table).columns().stream().map(Column::name).toList();
  }

  private Table definition(String table) {
    return source.definitions().stream()
        .filter(t -> t.name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  RowCursor rows(TableMapping table) {
    RowCursor all = source.rows(table.source());
    Table definition = definition(table.source());
    return definition.columns().size() == table.columns().size()
        ? all
        : SelectedColumns.of(all, positions(definition, table));
  }

  private static List<Integer> positions(Table definition, TableMapping table) {
    List<String> names = definition.columns().stream().map(Column::name).toList();
    return table.columns().stream().map(c -> names.indexOf(c.source())).toList();
  }

  /** Returns whether every table is carried whole: else PostgreSQL has to answer something else. */
  boolean isWhole() {
    return whole;
  }

  /** Condenses what a view answers; nothing if SQLite would have to do too much for it. */
  Optional<Checksum> answer(ViewMapping view) {
    TableMapping table = view.asTable();
    List<String> columns = view.columns().stream().map(ColumnMapping::source).toList();
    return source.viewRows(view.source(), columns, rows -> Verifier.digest(table, rows).checksum());
  }

  List<SourceTable> tables() {
    return tables;
  }

  RowCursor links(String table, List<Link> links, List<String> offered) {
    return source.links(table, links, offered);
  }

  RawCursor oversized(String table) {
    return source.oversized(table);
  }

  long totalRows() {
    return tables.stream().mapToLong(SourceTable::rows).sum();
  }

  Inspection inspection() {
    return new Inspection(file.toString(), tables, found.mapping(), found.existing());
  }

  @Override
  public void close() {
    try {
      source.close();
    } finally {
      if (salvage != null) {
        salvage.close();
      }
    }
  }

  private static void closeAfter(AutoCloseable source, RuntimeException reason) {
    try {
      source.close();
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }
}

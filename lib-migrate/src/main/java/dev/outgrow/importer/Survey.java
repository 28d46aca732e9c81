package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kept;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.salvage.Salvage;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SelectedColumns;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.SourceView;
import dev.outgrow.importer.sqlite.SourceContents;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.sqlite.WatchedRows;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.schema.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A source that was looked at, still open as of the same moment, and what would become of it. */
final class Survey implements AutoCloseable {
  private final SqliteSource source;
  private final Stopping.@Nullable Wait reading;
  private final @Nullable Looks looks;
  private final @Nullable Function<List<SourceTable>, Mapped> mapper;
  private final Path file;
  private final @Nullable Salvage salvage;
  private Mapped mapped;

  /** What becomes of the tables, as far as they were looked at. */
  private record Mapped(List<SourceTable> tables, Places.Found found, boolean whole) {}

  private Survey(
      SqliteSource source,
      Stopping.Wait reading,
      Looks looks,
      Function<List<SourceTable>, Mapped> mapper,
      Path file,
      @Nullable Salvage salvage) {
    this.reading = reading;
    this.source = source;
    this.looks = looks;
    this.mapper = mapper;
    this.file = file;
    this.salvage = salvage;
    this.mapped = mapper.apply(looks.tables());
  }

  Survey(
      SqliteSource source,
      List<SourceTable> tables,
      Places.Found found,
      boolean whole,
      Path file,
      @Nullable Salvage salvage) {
    this.source = source;
    this.reading = null;
    this.looks = null;
    this.mapper = null;
    this.mapped = new Mapped(tables, found, whole);
    this.file = file;
    this.salvage = salvage;
  }

  /** Looks at every row. */
  static Survey of(Path file, ImportOptions options) {
    return of(file, options, Places.made(options));
  }

  /** Looks at every row, for tables that go somewhere. */
  static Survey of(Path file, ImportOptions options, Places places) {
    return of(file, options, places, Looks::survey);
  }

  /**
   * Looks at the first rows of every table. What becomes of it is then a supposition, until {@link
   * #isSure()}.
   */
  static Survey glimpse(Path file, ImportOptions options) {
    return of(file, options, Places.made(options), Looks::glimpse);
  }

  private static Survey of(Path file, ImportOptions options, Places places, Consumer<Looks> look) {
    try {
      return of(file, open(file, options), null, options, places, look);
    } catch (SourceFileException e) {
      if (!options.salvage() || !e.damaged()) {
        throw e;
      }
    }
    Salvage salvage = Salvage.of(file);
    try {
      return of(file, open(salvage.file(), options), salvage, options, places, look);
    } catch (RuntimeException e) {
      closeAfter(salvage, e);
      throw e;
    }
  }

  static SqliteSource open(Path file, ImportOptions options) {
    return options.libraryAlone() ? SqliteSource.openForSqlite(file) : SqliteSource.open(file);
  }

  private static Survey of(
      Path file,
      SqliteSource source,
      @Nullable Salvage salvage,
      ImportOptions options,
      Places places,
      Consumer<Looks> look) {
    Stopping.Wait reading = options.course().wakenBy(source::interrupt);
    try {
      options.course().opened();
      PlannedSchema.refuseAnother(file, options.plannedSchema(), source.schemaPrints());
      SourceContents contents = source.contents();
      Inventory inventory = Inventory.of(source, contents, options.selection());
      if (salvage != null) {
        inventory.lost(salvage.lost());
        inventory.lost(UntoldLosses.of(file, source, contents.tables(), salvage.lost()));
      }
      source.refuseDamage(options.selection()::leavesOut);
      if (salvage == null) {
        source.refuseLoss(options.selection()::leavesOut);
      } else {
        inventory.disordered(source.disordered(options.selection()::leavesOut));
      }
      options.rules().requireUse(source.definitions());
      Looks looks = new Looks(source, options, places.traits(source.definitions()));
      look.accept(looks);
      List<SourceView> views = source.describe(contents.views());
      Function<List<SourceTable>, Mapped> mapper =
          tables -> {
            Kept kept = Kept.of(source.definitions(), tables, options.rules());
            Inventory all = inventory.with(kept);
            return new Mapped(kept.tables(), places.map(kept.tables(), views, all), all.isWhole());
          };
      return new Survey(source, reading, looks, mapper, file, salvage);
    } catch (RuntimeException e) {
      reading.close();
      closeAfter(source, e);
      throw e;
    }
  }

  /** Returns whether every row of every table was looked at, so that no value can surprise. */
  boolean isSure() {
    return looks == null || looks.isSure();
  }

  /** Looks at every row that was not looked at yet, and decides again. */
  void makeSure() {
    if (looks != null && mapper != null) {
      looks.surveyRest();
      mapped = mapper.apply(looks.tables());
    }
  }

  /** Looks at every row of some tables, and decides again. */
  void makeSure(Set<String> tables) {
    if (looks != null && mapper != null) {
      looks.surveyRest(tables);
      mapped = mapper.apply(looks.tables());
    }
  }

  /** Begins a walk over the rows of a table that looks at them on the way. */
  Watch watch(TableMapping table) {
    Looks known = Objects.requireNonNull(looks);
    WatchedRows all = known.watch(table.source());
    return new Watch(known, table.source(), all, selected(all, table));
  }

  /** Returns whether every row of a table was looked at. */
  boolean isSure(TableMapping table) {
    return looks == null || looks.isSure(table.source());
  }

  SchemaMapping mapping() {
    return mapped.found().mapping();
  }

  /** Returns the tables that are there already, which the caller asked to load into. */
  ExistingMapping existing() {
    return Objects.requireNonNull(mapped.found().existing());
  }

  /** Walks over the same rows as {@link #rows} does, with the columns that are left out as well. */
  RowCursor wholeRows(String table) {
    return source.rows(table);
  }

  /** Returns a hash of each definition in the file by its kind and name. */
  Map<String, String> schemaPrints() {
    return source.schemaPrints();
  }

  /** Returns the names of all columns of a table, also of those that are left out. */
  List<String> columns(String table) {
    return source.definitions().stream()
        .filter(t -> t.name().equals(table))
        .flatMap(t -> t.columns().stream())
        .map(Column::name)
        .toList();
  }

  RowCursor rows(TableMapping table) {
    return selected(source.rows(table.source()), table);
  }

  private RowCursor selected(RowCursor all, TableMapping table) {
    List<String> names = columns(table.source());
    List<Integer> carried =
        table.columns().stream().map(ColumnMapping::source).map(names::indexOf).toList();
    return names.size() == carried.size() ? all : SelectedColumns.of(all, carried);
  }

  /** Returns whether every table is carried whole: else PostgreSQL has to answer something else. */
  boolean isWhole() {
    return mapped.whole();
  }

  /** Condenses what a view answers; nothing if SQLite would have to do too much for it. */
  Optional<Checksum> answer(ViewMapping view) {
    TableMapping table = view.asTable();
    List<String> columns = view.columns().stream().map(ColumnMapping::source).toList();
    return source.viewRows(view.source(), columns, rows -> Verifier.digest(table, rows).checksum());
  }

  List<SourceTable> tables() {
    return mapped.tables();
  }

  RowCursor links(String table, List<Link> links, List<String> offered) {
    return source.links(table, links, offered);
  }

  RawCursor oversized(String table) {
    return source.oversized(table);
  }

  /** Returns whether rows refer to nothing. */
  boolean hasOrphans() {
    return tables().stream().flatMap(t -> t.orphans().stream()).anyMatch(n -> n > 0);
  }

  long totalRows() {
    return mapped.tables().stream().mapToLong(SourceTable::rows).sum();
  }

  Inspection inspection() {
    return new Inspection(
        file.toString(), mapped.tables(), mapped.found().mapping(), mapped.found().existing());
  }

  @Override
  public void close() {
    try {
      if (reading != null) {
        reading.close();
      }
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

package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Examination;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.salvage.Salvage;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.sqlite.LeftOut;
import dev.outgrow.importer.sqlite.SourceContents;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A source that was looked at, still open as of the same moment, and what would become of it. */
final class Survey implements AutoCloseable {
  private final SqliteSource source;
  private final List<SourceTable> tables;
  private final SchemaMapping mapping;
  private final boolean whole;
  private final Path file;
  private final @Nullable Salvage salvage;

  private Survey(
      SqliteSource source,
      List<SourceTable> tables,
      SchemaMapping mapping,
      boolean whole,
      Path file,
      @Nullable Salvage salvage) {
    this.source = source;
    this.tables = tables;
    this.mapping = mapping;
    this.whole = whole;
    this.file = file;
    this.salvage = salvage;
  }

  static Survey of(Path file, ImportOptions options) {
    try {
      return of(file, SqliteSource.open(file), null, options);
    } catch (SourceFileException e) {
      if (!options.salvage() || !e.damaged()) {
        throw e;
      }
    }
    Salvage salvage = Salvage.of(file);
    try {
      return of(file, SqliteSource.open(salvage.file()), salvage, options);
    } catch (RuntimeException e) {
      closeAfter(salvage, e);
      throw e;
    }
  }

  private static Survey of(
      Path file, SqliteSource source, @Nullable Salvage salvage, ImportOptions options) {
    try {
      SourceContents contents = source.contents();
      List<NotCarried> things = notCarried(contents, options.selection());
      things.addAll(leaveOut(source, contents, options.selection()));
      things.addAll(lost(salvage, options.selection()));
      source.refuseDamage(options.selection()::leavesOut);
      Examination examination = Examination.of(source.definitions());
      List<SourceTable> tables = new ArrayList<>();
      long rows = 0;
      for (Table table : source.definitions()) {
        long before = rows;
        SourceTable surveyed =
            source.survey(
                table.name(),
                examination.traits(table),
                options.largestRow(),
                done -> tell(options, table.name(), done, before + done));
        tables.add(surveyed);
        rows += surveyed.rows();
        tell(options, table.name(), surveyed.rows(), rows);
      }
      List<Trigger> triggers =
          contents.triggers().stream()
              .filter(t -> !options.selection().leavesOut(t.table()))
              .toList();
      SchemaMapping mapping =
          Mapper.map(tables, source.describe(contents.views()), triggers, things);
      boolean whole = things.stream().noneMatch(n -> n.kind() == Kind.LIMIT);
      return new Survey(source, List.copyOf(tables), mapping, whole, file, salvage);
    } catch (RuntimeException e) {
      closeAfter(source, e);
      throw e;
    }
  }

  private static void tell(ImportOptions options, String table, long done, long rows) {
    options.progressed(new Progress(Phase.SURVEY, table, done, rows, 0));
  }

  SchemaMapping mapping() {
    return mapping;
  }

  RowCursor rows(TableMapping table) {
    return source.rows(table.source());
  }

  /**
   * Condenses what a view answers; nothing if SQLite would have to do too much for it, or if tables
   * are not carried whole, so that PostgreSQL has to answer something else.
   */
  Optional<Checksum> answer(ViewMapping view) {
    if (!whole) {
      return Optional.empty();
    }
    TableMapping table = view.asTable();
    List<String> columns = view.columns().stream().map(ColumnMapping::source).toList();
    return source.viewRows(view.source(), columns, rows -> Verifier.digest(table, rows).checksum());
  }

  long totalRows() {
    return tables.stream().mapToLong(SourceTable::rows).sum();
  }

  Inspection inspection() {
    return new Inspection(file.toString(), tables, mapping);
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

  private static List<NotCarried> lost(@Nullable Salvage salvage, Selection selection) {
    return salvage == null
        ? List.of()
        : salvage.lost().stream()
            .filter(l -> !selection.leavesOut(l.name()))
            .map(l -> new NotCarried(Kind.LOST, l.name(), l.reason()))
            .toList();
  }

  private static List<NotCarried> notCarried(SourceContents contents, Selection selection) {
    List<NotCarried> things = new ArrayList<>();
    contents
        .virtualTables()
        .forEach((n, why) -> things.add(unlessLeftOut(selection, n, Kind.VIRTUAL_TABLE, n, why)));
    contents
        .unread()
        .forEach((n, why) -> things.add(unlessLeftOut(selection, n, Kind.DEFINITION, n, why)));
    contents.triggers().stream()
        .filter(t -> selection.leavesOut(t.table()))
        .forEach(t -> things.add(leftOut(t.table(), t.name())));
    return things;
  }

  /** What belongs to a table that the caller does not want need not be accepted. */
  private static NotCarried unlessLeftOut(
      Selection selection, String table, Kind kind, String name, String why) {
    return selection.leavesOut(table) ? leftOut(table, name) : new NotCarried(kind, name, why);
  }

  private static NotCarried leftOut(String table, String name) {
    return new NotCarried(Kind.LEFT_OUT, name, "Left out with table " + table + ", as asked");
  }

  private static List<NotCarried> leaveOut(
      SqliteSource source, SourceContents contents, Selection selection) {
    Set<String> all = new TreeSet<>(contents.tables());
    all.addAll(contents.virtualTables().keySet());
    selection.refuseUnmatched(all);
    LeftOut left = source.leaveOut(selection::leavesOut, selection.limit());
    List<NotCarried> things = new ArrayList<>();
    left.tables().stream()
        .filter(t -> !contents.virtualTables().containsKey(t))
        .forEach(t -> things.add(new NotCarried(Kind.LEFT_OUT, t, "Left out, as asked")));
    left.cut()
        .forEach(
            (t, rows) ->
                things.add(
                    new NotCarried(
                        Kind.LIMIT,
                        t,
                        "Only " + selection.limit() + " of its " + rows + " rows, as asked")));
    left.keys().forEach((k, why) -> things.add(new NotCarried(Kind.FOREIGN_KEY, k, why)));
    return things;
  }

  private static void closeAfter(AutoCloseable source, RuntimeException reason) {
    try {
      source.close();
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }
}

package dev.outgrow.importer;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.file.Definition;
import dev.outgrow.importer.file.FileBuilder;
import dev.outgrow.importer.file.FileComparison;
import dev.outgrow.importer.file.FileSchema;
import dev.outgrow.importer.file.ForeignKeys;
import dev.outgrow.importer.file.StoredTable;
import dev.outgrow.importer.file.TargetFile;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.report.RejectPlace;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes, fills and proves a SQLite file, all but the commit. Used once. */
final class FileCarrying {
  private final long started = System.nanoTime();
  private final FileSource source;
  private final TargetFile target;
  private final FileBuilder builder;
  private final ImportOptions options;
  private final String name;
  private final FileProgress progress;
  private final List<NotCarried> notCarried;
  private final List<Difference> differences = new ArrayList<>();
  private final List<TableReport> tables = new ArrayList<>();
  private final Map<String, Long> loaded = new HashMap<>();
  private final ForeignKeys orphans;

  FileCarrying(FileSource source, TargetFile target, ImportOptions options, String name) {
    this.source = source;
    this.target = target;
    this.builder = target.builder();
    this.options = options;
    this.name = name;
    this.progress = new FileProgress(options, source.totalRows());
    this.notCarried = new ArrayList<>(source.cut());
    this.orphans =
        ForeignKeys.check(source.at().reading(), source.schema().tables(), options.listedRejects());
  }

  /**
   * Refuses rows that refer to nothing in the source, unless they may be kept.
   *
   * @throws BadRowsException if there are some
   */
  void refuseOrphans(Path file) {
    if (options.orphans() == Orphans.KEEP || orphans.counts().isEmpty()) {
      return;
    }
    List<Reject> rows =
        orphans.first().stream()
            .map(o -> new Reject(o.table(), o.key(), "", "refers to nothing in " + o.parent()))
            .toList();
    orphans.counts().forEach((t, n) -> tables.add(new TableReport(t, n, 0, n, 0, 0, "", false)));
    throw BadRowsException.intoFile(report(file.toString(), "", rows));
  }

  /**
   * Does it.
   *
   * @param former what the target holds, which goes
   * @param before where a copy of that is; empty if there is none
   * @throws VerificationFailedException if a row was read back different
   */
  ImportReport carry(FileSchema former, String before) {
    make(former);
    progress.enter(Phase.VERIFY);
    verify();
    progress.enter(Phase.SWAP);
    ImportReport report = report(source.at().file().toString(), before, List.of());
    if (!report.verified()) {
      throw new VerificationFailedException(report);
    }
    return report;
  }

  private void make(FileSchema former) {
    progress.enter(Phase.PREPARE);
    source.refuseTooLarge();
    builder.clear(former);
    source.storedTables().forEach(builder::make);
    progress.enter(Phase.LOAD);
    source.schema().tables().forEach(this::load);
    progress.enter(Phase.INDEX);
    attempt(source.schema().of("index"), Kind.INDEX);
    progress.enter(Phase.FINISH);
    if (source.schema().counted()) {
      builder.carryLastNumbers(source.at().reading(), source.schema().tables());
    }
    viewsAndTriggers();
    builder.carryHead(source.at().reading(), source.schema().analyzed());
  }

  private void load(StoredTable table) {
    progress.begin(table);
    long most = options.selection().limit();
    try (RowCursor rows = source.at().stored(table.name(), table.written(), table.key(), most)) {
      Path file = source.at().file();
      boolean utf8 = source.at().keepsUtf8();
      long written = builder.load(file, table, rows, utf8, n -> progress.rows(table, n));
      loaded.put(table.name(), written);
      progress.end(table, written);
    }
  }

  private void attempt(List<Definition> definitions, Kind kind) {
    for (Definition each : definitions) {
      builder
          .tryToMake(each)
          .ifPresent(why -> leave(kind, each, "SQLite refuses it: " + why + ": " + each.sql()));
    }
  }

  private void leave(Kind kind, Definition definition, String why) {
    notCarried.add(new NotCarried(kind, definition.name(), why));
  }

  private void viewsAndTriggers() {
    builder.enter(source.schema().of("table").stream().filter(Definition::isVirtual).toList());
    List<Definition> views = source.schema().of("view");
    attempt(views, Kind.VIEW);
    if (source.leftOut().isEmpty()) {
      attempt(source.schema().of("trigger"), Kind.TRIGGER);
      return;
    }
    new PartialFile(source, builder, notCarried).settle(views, source.schema().of("trigger"));
  }

  private void verify() {
    FileComparison comparison =
        new FileComparison(source.at().reading(), target.reading(), options.selection().limit());
    differences.addAll(comparison.definitions(wanted()));
    if (!differences.isEmpty()) {
      return; // rows of tables that are others cannot be compared
    }
    source.schema().tables().forEach(t -> compare(comparison, t));
    differences.addAll(comparison.lastNumbers(source.schema().tables()));
    compareOrphans();
    refuseUnsound();
  }

  private void compare(FileComparison comparison, StoredTable table) {
    progress.begin(table);
    TableVerdict verdict = comparison.rows(table, n -> progress.rows(table, n));
    progress.end(table, verdict.source().rows());
    differences.addAll(verdict.differences());
    add(table, loaded.getOrDefault(table.name(), 0L), verdict);
  }

  private void refuseUnsound() {
    String found = target.integrity();
    if (!found.equals("ok")) {
      throw new TargetException(
          "main",
          List.of(),
          "SQLite's integrity_check finds in what was carried: " + found + ".",
          "Nothing was committed. Run \"PRAGMA integrity_check\" on the source, too.",
          null);
    }
  }

  private List<Definition> wanted() {
    return source.schema().definitions().stream()
        .filter(d -> notCarried.stream().noneMatch(n -> isLeft(n, d)))
        .toList();
  }

  private static boolean isLeft(NotCarried left, Definition definition) {
    return left.kind().word().equals(definition.type()) && left.name().equals(definition.name());
  }

  private void add(StoredTable table, long read, TableVerdict verdict) {
    boolean equal = verdict.verified() && verdict.source().rows() == read;
    tables.add(
        new TableReport(
            table.name(),
            read,
            equal ? read : 0,
            0,
            0,
            progress.millis(table),
            verdict.source().hex(),
            equal));
  }

  /** What refers to nothing in the target did so in the source, or refers to what is left out. */
  private void compareOrphans() {
    ForeignKeys now =
        ForeignKeys.check(target.reading(), source.schema().tables(), options.listedRejects());
    now.counts()
        .forEach(
            (table, count) -> {
              long known = orphans.counts().getOrDefault(table, 0L);
              if (known > 0 || count > 0) {
                nameOrphans(table, count, known);
              }
            });
  }

  private void nameOrphans(String table, long count, long known) {
    String why =
        count
            + " of its rows refer to nothing, "
            + (count <= known ? "as in the source" : known + " of them in the source, too")
            + "; the key holds for new rows only";
    notCarried.add(new NotCarried(Kind.FOREIGN_KEY_VALIDATION, table, why));
    if (source.isWhole() && count != known) {
      differences.add(
          new Difference(table, "", Difference.What.ALTERED, List.of("foreign_key_check")));
    }
  }

  private ImportReport report(String from, String before, List<Reject> rejects) {
    return new ImportReport(
        from,
        name,
        before,
        tables,
        notCarried,
        List.of(),
        List.of(),
        rejects,
        differences,
        (System.nanoTime() - started) / 1_000_000,
        source.leftOut(),
        RejectPlace.NONE,
        List.of(),
        options.course().phases(),
        options.dryRun());
  }
}

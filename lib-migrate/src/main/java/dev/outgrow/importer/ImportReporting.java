package dev.outgrow.importer;

import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.NotCompared;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gathers what the report of one import says. */
final class ImportReporting {
  private final Path file;
  private final String target;
  private final ImportOptions options;
  private final long started;
  private final Sifted sifted;
  private final RejectKeeping keeping;
  private final List<TableReport> tables = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  /**
   * Begins with nothing.
   *
   * @param file the source
   * @param target the target as a person reads it
   * @param options how the import is done
   * @param started when it began, in nanoseconds of this process
   * @param sifted which rows are carried
   * @param keeping where the others are kept
   */
  ImportReporting(
      Path file,
      String target,
      ImportOptions options,
      long started,
      Sifted sifted,
      RejectKeeping keeping) {
    this.file = file;
    this.target = target;
    this.options = options;
    this.started = started;
    this.sifted = sifted;
    this.keeping = keeping;
  }

  /** Adds a table: all rows that were read are either carried or rejected. */
  void add(TableMapping table, Loaded load, TableVerdict verdict, long millis) {
    differences.addAll(verdict.differences());
    tables.add(Reports.table(table, sifted, load, millis, verdict));
  }

  /** Returns whether every row of every table was read back and found equal. */
  boolean isVerified() {
    return differences.isEmpty() && tables.stream().allMatch(TableReport::verified);
  }

  /**
   * Returns the report.
   *
   * @param refused what PostgreSQL did not take
   * @param notCompared what was carried without a comparison
   * @param before the schema that keeps what the target held; empty if there is none
   */
  ImportReport report(List<NotCarried> refused, List<NotCompared> notCompared, String before) {
    SchemaMapping mapping = sifted.mapping();
    return new ImportReport(
        file.toString(),
        target,
        before,
        tables,
        Stream.of(mapping.notCarried(), sifted.notCarried(keeping.place().describe()), refused)
            .flatMap(List::stream)
            .toList(),
        mapping.renamed(),
        mapping.changedTypes(),
        sifted.firstRejects(options.listedRejects()),
        differences,
        (System.nanoTime() - started) / 1_000_000,
        mapping.leftOut(),
        keeping.place(),
        notCompared,
        options.course().phases());
  }
}

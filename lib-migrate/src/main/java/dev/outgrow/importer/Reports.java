package dev.outgrow.importer;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.verify.TableVerdict;
import java.util.List;

/**
 * Writes what is reported alike of every import, and of one that ended before a row was carried.
 */
final class Reports {
  private Reports() {}

  /** Says how many rows of each table cannot be carried, and which the first are. */
  static ImportReport refused(Survey survey, Sifted sifted, ImportOptions options, String target) {
    SchemaMapping mapping = survey.mapping();
    List<TableReport> tables = mapping.tables().stream().map(t -> refused(t, sifted)).toList();
    ImportReport report =
        new ImportReport(
            survey.inspection().source(),
            target,
            "",
            tables,
            mapping.notCarried(),
            mapping.renamed(),
            mapping.changedTypes(),
            sifted.firstRejects(options.listedRejects()),
            List.of(),
            0);
    return options.dryRun() ? report.asDryRun(target) : report;
  }

  private static TableReport refused(TableMapping table, Sifted sifted) {
    return new TableReport(
        table.source(), sifted.rowsRead(table), 0, sifted.rejected(table), 0, 0, "", false);
  }

  /** Says what became of a table's rows, each of which has to be accounted for. */
  static TableReport table(
      TableMapping table, Sifted sifted, Loaded load, long millis, TableVerdict verdict) {
    long read = sifted.rowsRead(table);
    long rejected = sifted.rejected(table);
    if (read != verdict.source().rows() + rejected) {
      throw new IllegalStateException(
          "Table %s has %d rows, but %d were carried and %d rejected"
              .formatted(table.source(), read, verdict.source().rows(), rejected));
    }
    return new TableReport(
        table.source(),
        read,
        verdict.verified() ? verdict.target().rows() : 0,
        rejected,
        load.bytes(),
        millis,
        verdict.source().hex(),
        verdict.verified());
  }
}

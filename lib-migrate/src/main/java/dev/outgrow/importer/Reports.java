package dev.outgrow.importer;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.util.List;

/** Writes the report of an import that ended before a row was carried. */
final class Reports {
  private Reports() {}

  /** Says how many rows of each table cannot be carried, and which the first are. */
  static ImportReport refused(Survey survey, Sifted sifted, ImportOptions options, String target) {
    SchemaMapping mapping = survey.mapping();
    List<TableReport> tables = mapping.tables().stream().map(t -> refused(t, sifted)).toList();
    return new ImportReport(
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
  }

  private static TableReport refused(TableMapping table, Sifted sifted) {
    return new TableReport(
        table.source(), sifted.rowsRead(table), 0, sifted.rejected(table), 0, 0, "", false);
  }
}

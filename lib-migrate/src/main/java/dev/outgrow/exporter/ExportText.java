package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.report.TextTable;
import dev.outgrow.importer.report.TextTable.Side;
import dev.outgrow.importer.verify.Difference;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Writes the report of an export for people; the verdict is the last line. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ExportText {
  private ExportText() {}

  /**
   * Returns the report.
   *
   * @param report the report
   * @param accepted kinds of what is not carried that the caller does not mind
   */
  public static String of(ExportReport report, Collection<Kind> accepted) {
    StringBuilder text = new StringBuilder();
    text.append(report.source()).append(" -> ").append(report.file()).append("\n\n");
    text.append(tables(report.tables()));
    text.append(
        findings(report.renamed(), report.changedTypes(), report.notCarried(), report.leftOut()));
    report.differences().stream()
        .map(Difference::describeWithValues)
        .forEach(line -> text.append("\n  ").append(line));
    if (!report.before().isEmpty()) {
      text.append("\nThe file that was there before is ").append(report.before()).append(".\n");
    }
    return text.append('\n').append(verdict(report, accepted)).append('\n').toString();
  }

  /** Returns a plan. Its last line says which room it takes. */
  public static String of(ExportPlan plan) {
    StringBuilder text = new StringBuilder();
    text.append(plan.source()).append(" -> ").append(plan.file()).append("\n\n");
    TextTable shown =
        new TextTable()
            .column("column", Side.LEFT)
            .column("from", Side.LEFT)
            .column("type", Side.LEFT)
            .column("becomes", Side.LEFT);
    for (ExportPlan.Table table : plan.tables()) {
      shown.row(table.name(), table.from(), "", "about " + number(table.rows()) + " rows");
      for (ExportPlan.Column column : table.columns()) {
        shown.row("  " + column.name(), column.from(), column.sent(), column.becomes());
      }
    }
    text.append(shown).append('\n');
    plan.statements().forEach(sql -> text.append(sql).append(";\n"));
    text.append(findings(plan.renamed(), plan.changedTypes(), plan.notCarried(), plan.leftOut()));
    return text.append(
            "\nNothing was written. The tables take "
                + number(plan.bytesNeeded())
                + " bytes in PostgreSQL; there is room for "
                + number(plan.bytesFree())
                + ".\n")
        .toString();
  }

  private static String tables(List<TableReport> tables) {
    TextTable shown =
        new TextTable()
            .column("table", Side.LEFT)
            .column("rows", Side.RIGHT)
            .column("verified", Side.RIGHT)
            .column("ms", Side.RIGHT)
            .column("checksum", Side.LEFT);
    for (TableReport table : tables) {
      shown.row(
          table.name(),
          number(table.rowsRead()),
          number(table.rowsVerified()),
          number(table.millis()),
          table.checksum().substring(0, 8));
    }
    return shown.toString();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String findings(
      List<Renamed> names, List<ChangedType> types, List<NotCarried> losses, List<LeftOut> asked) {
    TextTable shown =
        new TextTable().column("", Side.LEFT).column("name", Side.LEFT).column("why", Side.LEFT);
    int rows = 0;
    for (Renamed renamed : names) {
      shown.row("renamed " + renamed.kind(), renamed.from(), "is " + renamed.to());
      rows++;
    }
    for (ChangedType changed : types) {
      String why = changed.declared() + " as " + changed.target() + ": " + changed.why();
      shown.row("written otherwise", changed.table() + "." + changed.column(), why);
      rows++;
    }
    for (NotCarried lost : losses) {
      shown.row("not carried: " + lost.kind().word(), lost.name(), lost.reason());
      rows++;
    }
    for (LeftOut left : asked) {
      shown.row("left out: " + left.kind(), left.name(), left.why());
      rows++;
    }
    return rows > 0 ? "\n" + shown : "";
  }

  private static String verdict(ExportReport report, Collection<Kind> accepted) {
    if (!report.verified()) {
      return "NOT EQUAL: no file was left.";
    }
    int behind = report.leftBehind(accepted).size();
    return "Verified: "
        + number(report.rows())
        + (report.rows() == 1 ? " row of " : " rows of ")
        + report.tables().size()
        + (report.tables().size() == 1 ? " table" : " tables")
        + " in "
        + String.format(Locale.ROOT, "%.1f s", report.millis() / 1000.0)
        + (behind == 0 ? "." : "; " + behind + " not carried.");
  }
}

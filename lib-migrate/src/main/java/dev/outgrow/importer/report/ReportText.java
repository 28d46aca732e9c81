package dev.outgrow.importer.report;

import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Proposal;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.report.TextTable.Side;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.schema.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes reports for people: the tables, then what is different from the source, and the verdict in
 * the last line. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ReportText {
  private static final int SHOWN_CHECKSUM = 8;
  private static final String BEFORE = "_before_";

  private ReportText() {}

  /**
   * Returns the report of an import.
   *
   * @param report the report
   * @param accepted kinds of what is not carried that the caller does not mind
   */
  public static String of(ImportReport report, Collection<Kind> accepted) {
    StringBuilder text = new StringBuilder();
    heading(report.source() + " -> " + report.target(), text);
    text.append(tables(report));
    findings(report.renamed(), report.changedTypes(), report.notCarried(), text);
    leftOut(report.leftOut(), text);
    notCompared(report.notCompared(), text);
    rejects(report.rejects(), report.rowsRejected(), text);
    differences(report.differences(), text);
    if (!report.before().isEmpty()) {
      text.append('\n')
          .append(before(report))
          .append(place(report))
          .append(TextTable.printable(report.before()))
          .append(".\n");
      wayBack(report.before(), text);
    }
    text.append('\n')
        .append(plural(report.tables().size(), "table"))
        .append(", ")
        .append(count(report.rowsRead()))
        .append(" rows read = ")
        .append(sum(report))
        .append(count(report.rowsRejected()))
        .append(" rejected, in ")
        .append(seconds(report.millis()))
        .append('\n');
    return text.append(verdict(report, accepted)).append('\n').toString();
  }

  private static TextTable tables(ImportReport report) {
    boolean merged = report.merged().isPresent();
    List<String> counts =
        merged
            ? List.of("rows read", "inserted", "updated", "equal", "kept", "rejected", "ms")
            : List.of("rows read", "verified", "rejected", "ms");
    TextTable table = new TextTable().column("table", Side.LEFT);
    counts.forEach(c -> table.column(c, Side.RIGHT));
    table.column("checksum", Side.LEFT).column("", Side.LEFT);
    for (TableReport t : report.tables()) {
      List<String> cells = new ArrayList<>(List.of(t.name(), count(t.rowsRead())));
      counts(t, merged).forEach(n -> cells.add(count(n)));
      cells.add(count(t.rowsRejected()));
      cells.add(count(t.millis()));
      cells.add(t.checksum().substring(0, Math.min(SHOWN_CHECKSUM, t.checksum().length())));
      cells.add(t.verified() ? "" : "DIFFERS");
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  /** Returns what became of rows that are not rejected, in the order of the columns. */
  static List<Long> counts(TableReport table, boolean merged) {
    Merged added = table.merged();
    if (!merged) {
      return List.of(table.rowsVerified());
    }
    return added == null
        ? List.of(0L, 0L, 0L, 0L)
        : List.of(added.inserted(), added.updated(), added.equal(), added.kept());
  }

  private static String sum(ImportReport report) {
    return report
        .merged()
        .map(
            m ->
                "%s inserted + %s updated + %s equal + %s kept + "
                    .formatted(
                        count(m.inserted()), count(m.updated()), count(m.equal()), count(m.kept())))
        .orElseGet(() -> count(report.rowsVerified()) + " verified + ");
  }

  /** Returns how the place is introduced that keeps what was there. */
  static String place(ImportReport report) {
    return report.target().startsWith("sqlite:") ? " in " : " in schema ";
  }

  /** Returns, as the beginning of a sentence, what the schema keeps that the report names. */
  static String before(ImportReport report) {
    return report.merged().isPresent()
        ? "What updated rows were before is kept"
        : "What the target held before is kept";
  }

  /** Returns the report of a verification on its own. */
  public static String of(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    heading(report.source() + " = " + report.target(), text);
    boolean files = report.target().startsWith("sqlite:");
    TextTable table =
        new TextTable()
            .column("table", Side.LEFT)
            .column(files ? "rows in the source" : "rows in SQLite", Side.RIGHT)
            .column(files ? "rows in the target" : "rows in PostgreSQL", Side.RIGHT)
            .column("checksum", Side.LEFT)
            .column("", Side.LEFT);
    for (TableVerdict t : report.tables()) {
      table.row(
          t.table(),
          count(t.source().rows()),
          count(t.target().rows()),
          t.source().hex().substring(0, SHOWN_CHECKSUM),
          t.verified() ? "" : "DIFFERS");
    }
    text.append(table);
    rejects(report.rejects(), report.rowsRejected(), text);
    differences(report.differences(), text);
    since(report, text);
    text.append('\n')
        .append(plural(report.tables().size(), "table"))
        .append(", ")
        .append(count(report.rows()))
        .append(" rows compared")
        .append(report.rowsRejected() == 0 ? "" : ", " + count(report.rowsRejected()) + " rejected")
        .append(" in ")
        .append(seconds(report.millis()))
        .append('\n');
    return text.append(report.verified() ? "verified" : "NOT verified").append('\n').toString();
  }

  /** Returns what a file holds and would become. */
  public static String of(Inspection inspection) {
    StringBuilder text = new StringBuilder(TextTable.printable(inspection.source())).append('\n');
    for (int i = 0; i < inspection.tables().size(); i++) {
      SourceTable source = inspection.tables().get(i);
      text.append('\n')
          .append(TextTable.printable(source.name()))
          .append(": ")
          .append(plural(source.rows(), "row"))
          .append(source.oversized() == 0 ? "" : " and " + count(source.oversized()) + " too large")
          .append('\n');
      TextTable table =
          new TextTable()
              .column("column", Side.LEFT)
              .column("declared", Side.LEFT)
              .column("becomes", Side.LEFT)
              .column("holds", Side.LEFT);
      for (int c = 0; c < source.table().columns().size(); c++) {
        Column column = source.table().columns().get(c);
        table.row(
            column.name(),
            column.type(),
            inspection.becomes(source, c).orElse("-"),
            source.profiles().get(c).describe());
      }
      text.append(table);
    }
    disagreements(inspection.findings(), text);
    SchemaMapping mapping = inspection.mapping();
    findings(mapping.renamed(), mapping.changedTypes(), mapping.notCarried(), text);
    leftOut(mapping.leftOut(), text);
    proposals(inspection.proposals(), text);
    long rows = inspection.tables().stream().mapToLong(SourceTable::rows).sum();
    return text.append('\n')
        .append(plural(inspection.tables().size(), "table"))
        .append(", ")
        .append(plural(rows, "row"))
        .append("; ")
        .append(plural(mapping.notCarried().size(), "thing"))
        .append(" would stay behind\n")
        .toString();
  }

  /** The name of the schema ends in what the commands know the import by. */
  private static void wayBack(String before, StringBuilder text) {
    int end = before.lastIndexOf(BEFORE);
    if (end >= 0) {
      String id = TextTable.printable(before.substring(end + BEFORE.length()));
      text.append("To bring it back: outgrow imports undo ")
          .append(id)
          .append("; to drop it: outgrow imports discard ")
          .append(id)
          .append(".\n");
    }
  }

  private static void heading(String heading, StringBuilder text) {
    text.append(TextTable.printable(heading)).append("\n\n");
  }

  private static void findings(
      List<Renamed> renamed,
      List<ChangedType> changed,
      List<NotCarried> notCarried,
      StringBuilder text) {
    List<String> lines = new ArrayList<>();
    renamed.forEach(r -> lines.add(r.kind() + " " + r.from() + " is now " + r.to()));
    section("Renamed", lines, text);
    lines.clear();
    changed.forEach(
        c ->
            lines.add(
                c.table()
                    + "."
                    + c.column()
                    + " "
                    + c.declared()
                    + " became "
                    + c.target()
                    + ": "
                    + c.why()));
    section("Changed types", lines, text);
    lines.clear();
    notCarried.forEach(n -> lines.add(n.kind().word() + " " + n.name() + ": " + n.reason()));
    section("Not carried", lines, text);
  }

  private static void leftOut(List<LeftOut> things, StringBuilder text) {
    List<String> lines =
        things.stream().map(t -> t.kind() + " " + t.name() + ": " + t.why()).toList();
    section("Left out", lines, text);
  }

  private static void notCompared(List<NotCompared> things, StringBuilder text) {
    List<String> lines =
        things.stream().map(t -> t.kind() + " " + t.name() + ": " + t.why()).toList();
    section("Carried, but answers not compared", lines, text);
  }

  /** Ready to be pasted: a line of a rule stays a line. */
  private static void proposals(List<Proposal> proposals, StringBuilder text) {
    if (proposals.isEmpty()) {
      return;
    }
    text.append("\nNumbers that may be moments. Rules for them, for a file after --rules:\n");
    for (Proposal proposal : proposals) {
      text.append('\n');
      proposal.text().lines().forEach(l -> text.append(TextTable.printable(l)).append('\n'));
    }
  }

  private static void disagreements(List<Finding> findings, StringBuilder text) {
    section(
        "Refused",
        findings.stream().filter(Finding::refuses).map(Finding::describe).toList(),
        text);
    section(
        "In the tables that are there",
        findings.stream().filter(f -> !f.refuses()).map(Finding::describe).toList(),
        text);
  }

  private static void differences(List<Difference> differences, StringBuilder text) {
    section(
        "Differences (the first of each table)",
        differences.stream().map(Difference::describeWithValues).toList(),
        text);
  }

  private static void since(VerifyReport report, StringBuilder text) {
    Since since = report.since();
    if (since != null) {
      text.append('\n').append(TextTable.printable(since.describe())).append('\n');
    } else if (!report.verified()) {
      text.append(
          "\nWhat an import left here is not on record, so it cannot be told which side has moved on.\n");
    }
  }

  private static void rejects(List<Reject> rejects, long all, StringBuilder text) {
    String title = all > rejects.size() ? "Rejected (the first of " + count(all) + ")" : "Rejected";
    section(title, rejects.stream().map(Reject::describe).toList(), text);
  }

  private static void section(String title, List<String> lines, StringBuilder text) {
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append(":\n");
      lines.forEach(l -> text.append("  ").append(TextTable.printable(l)).append('\n'));
    }
  }

  static String verdict(ImportReport report, Collection<Kind> accepted) {
    if (!report.verified()) {
      return "NOT verified; the target is as it was";
    }
    List<NotCarried> left = report.leftBehind(accepted);
    String verified =
        "verified"
            + (isTrial(report) ? "; a trial, NOT COMPLETE" : "")
            + (report.dryRun() ? "; a dry run, the target is as it was" : "");
    if (left.isEmpty()) {
      return verified;
    }
    Map<String, Long> kinds =
        left.stream()
            .filter(n -> n.kind() != Kind.REJECT)
            .collect(
                Collectors.groupingBy(n -> n.kind().word(), TreeMap::new, Collectors.counting()));
    long things = kinds.values().stream().mapToLong(Long::longValue).sum();
    List<String> what = new ArrayList<>();
    if (left.stream().anyMatch(n -> n.kind() == Kind.REJECT)) {
      what.add(plural(report.rowsRejected(), "rejected row"));
    }
    if (things > 0) {
      what.add(plural(things, "thing"));
    }
    String list =
        kinds.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return verified
        + "; "
        + String.join(" and ", what)
        + " stayed behind"
        + (list.isEmpty() ? "" : ": " + list);
  }

  private static boolean isTrial(ImportReport report) {
    return report.notCarried().stream().anyMatch(n -> n.kind() == Kind.LIMIT);
  }

  static String plural(long count, String word) {
    return count(count) + " " + word + (count == 1 ? "" : "s");
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}

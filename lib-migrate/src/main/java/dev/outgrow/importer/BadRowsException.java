package dev.outgrow.importer;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.Reject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An import that was refused because some rows cannot be carried, or refer to nothing. All tables
 * were looked through; the target is as it was.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class BadRowsException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final transient ImportReport report;
  private final transient List<String> notes;

  /**
   * Lists the rows of a report.
   *
   * @param report the report
   * @param notes what else is wrong, or sums it up
   */
  BadRowsException(ImportReport report, List<String> notes) {
    this(
        report,
        notes,
        "Nothing was carried. Mend them in the SQLite file, or let the import keep them aside: --on-bad-row reject"
            + " (onBadRow) for rows that do not fit, --orphans reject, null or keep (orphans) for rows that refer to"
            + " nothing.");
  }

  private BadRowsException(ImportReport report, List<String> notes, String remedy) {
    super(what(report) + inShort(notes), remedy, null);
    this.report = report;
    this.notes = List.copyOf(notes);
  }

  /** Lists rows that refer to nothing, of an import into a SQLite file. */
  static BadRowsException intoFile(ImportReport report) {
    return new BadRowsException(
        report,
        List.of(),
        "Nothing was carried. Mend them in the SQLite file, or carry them as they are: --orphans keep (orphans).");
  }

  /** Returns the same of an import that was only tried. */
  BadRowsException asDryRun(String tried) {
    return new BadRowsException(report.asDryRun(tried), notes);
  }

  /** Returns the first of these rows, table by table; 100 unless {@code listedRejects} says so. */
  public List<Reject> rejects() {
    return report.rejects();
  }

  /** Returns how many there are, of which {@link #rejects()} may be only the first. */
  public long count() {
    return report.rowsRejected();
  }

  /** Returns the report, with how many of each table there are. */
  public ImportReport report() {
    return report;
  }

  private static String inShort(List<String> notes) {
    return notes.isEmpty()
        ? ""
        : notes.stream().collect(Collectors.joining("\n  ", "In short:\n  ", "\n"));
  }

  private static String what(ImportReport report) {
    long count = report.rowsRejected();
    long more = count - report.rejects().size();
    return count
        + (count == 1 ? " row cannot be carried:\n  " : " rows cannot be carried:\n  ")
        + report.rejects().stream().map(Reject::describe).collect(Collectors.joining("\n  "))
        + (more == 0 ? "\n" : "\n  and " + more + " more\n");
  }
}

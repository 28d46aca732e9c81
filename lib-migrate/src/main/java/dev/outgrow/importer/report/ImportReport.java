package dev.outgrow.importer.report;

import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.verify.Difference;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What an import did. {@link ReportText}, {@link ReportJson} and {@link ReportHtml} write it.
 *
 * <p><em>Immutable.</em>
 *
 * @param source the SQLite file
 * @param target the database and schema, without a credential
 * @param before the schema that keeps what the target held before, or the former versions of rows
 *     that were updated; empty if there is nothing to keep
 * @param tables what became of each table, in the order of loading
 * @param notCarried what PostgreSQL did not get as it was
 * @param renamed names PostgreSQL could not keep
 * @param changedTypes columns whose values did not keep to their declaration
 * @param rejects the first of the rows kept aside; {@link #rowsRejected()} counts all
 * @param differences rows that verification found different; with any, nothing was swapped in
 * @param millis milliseconds the whole import took
 * @param leftOut what was left out because somebody said so
 * @param rejectPlace where the rejected rows are kept
 * @param notCompared views that are carried, but whose answers were not compared; this is no loss
 * @param phases when each phase was, in their order; empty where that was not noted
 * @param dryRun whether it was only tried, and the target is as it was
 * @since 0.1
 */
public record ImportReport(
    String source,
    String target,
    String before,
    List<TableReport> tables,
    List<NotCarried> notCarried,
    List<Renamed> renamed,
    List<ChangedType> changedTypes,
    List<Reject> rejects,
    List<Difference> differences,
    long millis,
    List<LeftOut> leftOut,
    RejectPlace rejectPlace,
    List<NotCompared> notCompared,
    List<PhaseTime> phases,
    boolean dryRun) {

  /** Copies the lists. */
  public ImportReport {
    tables = List.copyOf(tables);
    notCarried = List.copyOf(notCarried);
    renamed = List.copyOf(renamed);
    changedTypes = List.copyOf(changedTypes);
    rejects = List.copyOf(rejects);
    differences = List.copyOf(differences);
    leftOut = List.copyOf(leftOut);
    notCompared = List.copyOf(notCompared);
    phases = List.copyOf(phases);
  }

  /** Says what an import did that was meant. */
  public ImportReport(
      String source,
      String target,
      String before,
      List<TableReport> tables,
      List<NotCarried> notCarried,
      List<Renamed> renamed,
      List<ChangedType> changedTypes,
      List<Reject> rejects,
      List<Difference> differences,
      long millis,
      List<LeftOut> leftOut,
      RejectPlace rejectPlace,
      List<NotCompared> notCompared,
      List<PhaseTime> phases) {
    this(
        source,
        target,
        before,
        tables,
        notCarried,
        renamed,
        changedTypes,
        rejects,
        differences,
        millis,
        leftOut,
        rejectPlace,
        notCompared,
        phases,
        false);
  }

  /** Says what an import did whose phases nobody noted. */
  public ImportReport(
      String source,
      String target,
      String before,
      List<TableReport> tables,
      List<NotCarried> notCarried,
      List<Renamed> renamed,
      List<ChangedType> changedTypes,
      List<Reject> rejects,
      List<Difference> differences,
      long millis,
      List<LeftOut> leftOut,
      RejectPlace rejectPlace,
      List<NotCompared> notCompared) {
    this(
        source,
        target,
        before,
        tables,
        notCarried,
        renamed,
        changedTypes,
        rejects,
        differences,
        millis,
        leftOut,
        rejectPlace,
        notCompared,
        List.of());
  }

  /** Says what an import did that carried no view without comparing it. */
  public ImportReport(
      String source,
      String target,
      String before,
      List<TableReport> tables,
      List<NotCarried> notCarried,
      List<Renamed> renamed,
      List<ChangedType> changedTypes,
      List<Reject> rejects,
      List<Difference> differences,
      long millis,
      List<LeftOut> leftOut,
      RejectPlace rejectPlace) {
    this(
        source,
        target,
        before,
        tables,
        notCarried,
        renamed,
        changedTypes,
        rejects,
        differences,
        millis,
        leftOut,
        rejectPlace,
        List.of());
  }

  /** Says what an import did that kept no row aside and left nothing out. */
  public ImportReport(
      String source,
      String target,
      String before,
      List<TableReport> tables,
      List<NotCarried> notCarried,
      List<Renamed> renamed,
      List<ChangedType> changedTypes,
      List<Reject> rejects,
      List<Difference> differences,
      long millis) {
    this(
        source,
        target,
        before,
        tables,
        notCarried,
        renamed,
        changedTypes,
        rejects,
        differences,
        millis,
        List.of(),
        RejectPlace.NONE);
  }

  /**
   * Returns whether every row that was read is verified, kept aside, or left out because another
   * row of its key stays, in every table.
   */
  public boolean verified() {
    return differences.isEmpty()
        && tables.stream().allMatch(TableReport::verified)
        && rowsRead() == rowsVerified() + rowsKept() + rowsRejected();
  }

  /** Returns the rows read from the source. */
  public long rowsRead() {
    return sum(TableReport::rowsRead);
  }

  /** Returns the rows found equal in PostgreSQL. */
  public long rowsVerified() {
    return sum(TableReport::rowsVerified);
  }

  /** Returns the rows kept aside. */
  public long rowsRejected() {
    return sum(TableReport::rowsRejected);
  }

  /** Returns the rows left out because the target has others with their keys. */
  public long rowsKept() {
    return sum(TableReport::rowsKept);
  }

  /** Returns what became of all rows that were added to others; nothing where none were. */
  public Optional<Merged> merged() {
    return tables.stream()
        .map(TableReport::merged)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .reduce(
            (a, b) ->
                new Merged(
                    a.inserted() + b.inserted(),
                    a.updated() + b.updated(),
                    a.equal() + b.equal(),
                    a.kept() + b.kept()));
  }

  /**
   * Returns the same of an import that was only tried.
   *
   * @param tried where, instead of the target
   */
  public ImportReport asDryRun(String tried) {
    return new ImportReport(
        source,
        tried,
        "",
        tables,
        notCarried,
        renamed,
        changedTypes,
        rejects,
        differences,
        millis,
        leftOut,
        rejectPlace,
        notCompared,
        phases,
        true);
  }

  /** Returns what was not carried and is not of an accepted kind. */
  public List<NotCarried> leftBehind(Collection<Kind> accepted) {
    return notCarried.stream().filter(n -> !accepted.contains(n.kind())).toList();
  }

  /**
   * Returns the milliseconds a table took in a phase.
   *
   * @param table the source table
   */
  public long millis(Phase phase, String table) {
    return phases.stream()
        .filter(p -> p.phase() == phase)
        .flatMap(p -> p.tables().stream())
        .filter(t -> t.name().equals(table))
        .mapToLong(TableTime::millis)
        .sum();
  }

  /** Returns the bytes sent to PostgreSQL. */
  public long bytes() {
    return sum(TableReport::bytes);
  }

  private long sum(ToLongFunction<TableReport> count) {
    return tables.stream().mapToLong(count).sum();
  }
}

package dev.outgrow.importer;

import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.sqlite.SourceFingerprint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What two runs have to have in common, so that one can go on with what the other has loaded. */
final class Identity {
  /** Grows when rows are written, or condensed, otherwise than before. */
  private static final int FORMAT = 1;

  /** What decides which tables are carried. */
  private static final Set<String> CHOICES = Set.of("include", "exclude");

  private Identity() {}

  /** Returns the options that decide which rows are carried, and how: one a line. */
  static String options(ImportOptions options) {
    Selection selection = options.selection();
    return String.join(
        "\n",
        "format of Outgrow=" + FORMAT,
        "orphans=" + options.orphans(),
        "on bad row=" + options.badRows(),
        "largest row=" + options.largestRow(),
        "salvage=" + options.salvage(),
        "include=" + globs(selection.include()),
        "exclude=" + globs(selection.exclude()),
        "limit=" + selection.limit(),
        "first look=" + options.glimpsedRows(),
        "blobs as they are=" + options.tactics().limits(options.streams()).plainBlobs(),
        "rules=" + (options.rules().isEmpty() ? "none" : Journal.hash(options.rules().text())));
  }

  /**
   * Returns whether a run carries the rows of an earlier one, as that did, or only some of its
   * tables.
   *
   * @param earlier the options of the earlier one
   * @param now those of the run
   */
  static boolean carriesNoOther(String earlier, ImportOptions now) {
    List<String> changed = SourceFingerprint.differences(earlier, options(now));
    return CHOICES.containsAll(changed)
        && changed.stream().allMatch(choice -> earlier.lines().anyMatch((choice + "=")::equals));
  }

  private static String globs(List<TableGlob> globs) {
    return globs.isEmpty() ? "" : Journal.hash(globs.toString());
  }

  /** Returns a hash of what a first look has decided, whichever schemas it is done in. */
  static String plan(SchemaMapping mapping, String target) {
    return plan(ImportPlan.of(ImportNames.of(target, "plan"), mapping, TargetState.empty(target)));
  }

  /** Returns a hash of everything that a plan does before the swap, which is about the target. */
  static String plan(ImportPlan plan) {
    return Journal.hash(
        plan.steps().stream()
            .filter(s -> !(s instanceof Step.Swap))
            .flatMap(s -> s.sql().stream())
            .collect(Collectors.joining("\n")));
  }

  /** Returns a hash of how a table is made, and how its rows are encoded. */
  static String definition(Step.Create create) {
    return Journal.hash(
        create.statement()
            + "\n"
            + create.table().columns()
            + "\n"
            + create.table().keyPositions());
  }
}

package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.RowTooLargeException;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.sqlite.SourceFingerprint;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** Decides in what order an import looks at the file and carries it. Used once. */
final class ImportRun {
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final BiFunction<Path, ImportOptions, Survey> surveyor;
  private final Planning planning;
  private final long started = System.nanoTime();

  /**
   * Prepares an import.
   *
   * @param file the file
   * @param database the target
   * @param options how it is done
   * @param surveyor looks at the file and decides what becomes of it
   */
  ImportRun(
      Path file,
      Database database,
      ImportOptions options,
      BiFunction<Path, ImportOptions, Survey> surveyor) {
    this.file = file;
    this.database = database;
    this.options = options;
    this.surveyor = surveyor;
    this.planning = new Planning(options, database);
  }

  ImportReport run() {
    try (ImportTarget target =
        ImportTarget.open(
            database, planning.names(), options.buffers(), options.patience(), options.streams())) {
      return tryTo(target);
    }
  }

  private ImportReport tryTo(ImportTarget target) {
    try {
      return options.course().wakenBy(target::cancelStatement, () -> run(target));
    } catch (OutgrowException e) {
      Keeping.decide(e, options, target);
      throw e;
    }
  }

  private ImportReport run(ImportTarget target) {
    target.claim();
    TargetState state = target.state();
    target.refuseUnlessEmptyOr(
        options.replace(), state); // before the file is read, which may take long
    target.refuseImmovable(state);
    if (options.tactics().limits(options.streams()).lateDisk()) {
      target.stageWithLateDisk();
    }
    String fingerprint = SourceFingerprint.of(file); // before the moment of which it is read
    try (Survey survey = surveyor.apply(file, options)) {
      Earlier earlier = Earlier.find(file, options, planning, target, survey, fingerprint);
      earlier.inform(survey, target);
      return carry(survey, state, target, earlier);
    }
  }

  /**
   * Takes it that every value fits its column, as the survey has found, and every row its page.
   * Where one does not, every row is looked at before any is carried again.
   */
  private ImportReport carry(
      Survey survey, TargetState state, ImportTarget target, Earlier earlier) {
    ImportProgress progress = new ImportProgress(options, survey::totalRows);
    boolean encoded = Earlier.hasEncoded(target);
    Loading loading = new Loading(planning.names(), survey, target, progress, encoded);
    if (!earlier.tables().isEmpty()) {
      loading.takeOver(earlier);
    }
    if (encoded) {
      return carry(survey, state, target, loading, progress, true);
    }
    try {
      suppose(survey, state, loading, progress);
      return carry(survey, state, target, loading, progress, false);
    } catch (ValueException | RowTooLargeException misfit) {
      target.discard();
      Earlier.encoded(target);
      progress.back();
      progress.enter(Phase.SURVEY);
      Loading again = new Loading(planning.names(), survey, target, progress, true);
      return carry(survey, state, target, again, progress, true);
    }
  }

  /**
   * Loads what the survey supposes, and has it decide again. Where rows refer to nothing and that
   * matters, it is better to know everything first.
   */
  private void suppose(Survey survey, TargetState state, Loading loading, ImportProgress progress) {
    if (!survey.isSure()) {
      if (options.orphans() == Orphans.KEEP || !survey.hasOrphans()) {
        loading.suppose(planning.plan(survey, survey.mapping(), state, false));
      }
      if (!survey.isSure()) {
        progress.enter(Phase.SURVEY);
      }
      survey.makeSure();
    }
  }

  private ImportReport carry(
      Survey survey,
      TargetState state,
      ImportTarget target,
      Loading loading,
      ImportProgress progress,
      boolean encode) {
    try (Sifted sifted = Sieve.forImport(survey, options, planning.target(), target, encode);
        RejectKeeping keeping = new RejectKeeping(options, planning.names())) {
      ImportPlan plan = planning.plan(survey, sifted.mapping(), state, sifted.hasRejects());
      settle(plan, sifted, loading, target);
      ImportReporting reporting =
          new ImportReporting(file, planning.target(), options, started, sifted, keeping);
      ImportReport report =
          new Carrying(options, survey, sifted, keeping, target, loading, progress, reporting)
              .carry(plan);
      keeping.keep();
      return report;
    }
  }

  private static void settle(ImportPlan plan, Sifted sifted, Loading loading, ImportTarget target) {
    String hash = Identity.plan(plan);
    if (Earlier.isSettledOtherwise(target, hash)) {
      loading.startOver();
    }
    loading.settle(plan, sifted);
    Earlier.settled(target, hash);
  }
}

package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.postgres.RowTooLargeException;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.NotCompared;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** One import, from the first look at the file to the swap. Used once. */
final class ImportRun {
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final BiFunction<Path, ImportOptions, Survey> surveyor;
  private final Planning planning;
  private final long started = System.nanoTime();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, Long> nanos = new HashMap<>();
  private final List<TableReport> tables = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<NotCarried> refused = new ArrayList<>();
  private final List<NotCompared> notCompared = new ArrayList<>();
  private Phase phase = Phase.SURVEY;
  private long rowsOfPhase;

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
    try (ImportTarget target = ImportTarget.open(database, planning.names(), options.buffers())) {
      TargetState state = target.state();
      target.refuseUnlessEmptyOr(
          options.replace(), state); // before the file is read, which may take long
      try (Survey survey = surveyor.apply(file, options)) {
        return carry(survey, state, target);
      }
    }
  }

  /**
   * Takes it that every value fits its column, as the survey has found, and every row its page.
   * Where one does not, every row is looked at before any is carried again.
   */
  private ImportReport carry(Survey survey, TargetState state, ImportTarget target) {
    try {
      return carry(survey, state, target, false);
    } catch (ValueException | RowTooLargeException misfit) {
      target.discard();
      loaded.clear();
      refused.clear();
      phase = Phase.SURVEY;
      return carry(survey, state, target, true);
    }
  }

  private ImportReport carry(
      Survey survey, TargetState state, ImportTarget target, boolean encode) {
    try (Sifted sifted = Sieve.forImport(survey, options, planning.target(), target, encode);
        RejectKeeping keeping = new RejectKeeping(options, planning.names())) {
      ImportPlan plan =
          ImportPlan.of(planning.names(), sifted.mapping(), state, sifted.hasRejects());
      String before = carry(plan, survey, sifted, keeping, target);
      keeping.keep();
      return report(sifted, keeping, before);
    }
  }

  private String carry(
      ImportPlan plan, Survey survey, Sifted sifted, RejectKeeping keeping, ImportTarget target) {
    String before = "";
    GeneratedColumns generated = new GeneratedColumns(plan.names(), target, refused::add);
    ViewComparison views =
        new ViewComparison(plan.names(), survey, sifted, target, refused, notCompared);
    for (Step step : plan.steps()) {
      enter(step.phase(), survey);
      if (step instanceof Step.Execute execute) {
        target.execute(execute);
      } else if (step instanceof Step.Attempt attempt) {
        target.attempt(attempt).ifPresent(refused::add);
      } else if (step instanceof Step.Create create) {
        generated.create(create.table());
      } else if (step instanceof Step.Load load) {
        load(load, survey, sifted, target, generated);
      } else if (step instanceof Step.KeepRejects) {
        keeping.write(sifted.rejects(), target);
      } else if (step instanceof Step.Verify verify) {
        verify(verify.table(), survey, sifted, target);
      } else if (step instanceof Step.Compare compare) {
        views.compare(compare.view());
      } else if (step instanceof Step.Swap) {
        refuseDifferences(sifted, keeping);
        keeping.publish();
        before = target.swap(options.replace());
      }
    }
    return before;
  }

  private void load(
      Step.Load planned,
      Survey survey,
      Sifted sifted,
      ImportTarget target,
      GeneratedColumns generated) {
    TableMapping table = planned.table();
    long begin = System.nanoTime();
    Loaded load =
        generated.load(
            table,
            step -> load(step, survey, sifted, target),
            (made, done) ->
                target.verify(
                    made,
                    done.digest(),
                    () -> sifted.rows(table),
                    rows -> progress(table, table.rows(), survey)));
    loaded.put(table.source(), load);
    took(table, begin);
    finishTable(table, survey);
  }

  private Loaded load(Step.Load step, Survey survey, Sifted sifted, ImportTarget target) {
    TableMapping table = step.table();
    try (RowCursor rows = sifted.rows(table)) {
      return target.load(step, rows, done -> progress(table, done, survey));
    }
  }

  private void verify(TableMapping table, Survey survey, Sifted sifted, ImportTarget target) {
    Loaded load = loaded.get(table.source());
    if (load == null) {
      throw new IllegalStateException(
          "Table " + table.source() + " is verified before it is loaded");
    }
    long begin = System.nanoTime();
    TableVerdict verdict =
        target.verify(
            table, load.digest(), () -> sifted.rows(table), done -> progress(table, done, survey));
    took(table, begin);
    finishTable(table, survey);
    differences.addAll(verdict.differences());
    tables.add(report(table, sifted, load, verdict));
  }

  private TableReport report(TableMapping table, Sifted sifted, Loaded load, TableVerdict verdict) {
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
        nanos.getOrDefault(table.source(), 0L) / 1_000_000,
        verdict.source().hex(),
        verdict.verified());
  }

  private void refuseDifferences(Sifted sifted, RejectKeeping keeping) {
    boolean allVerified = tables.stream().allMatch(TableReport::verified);
    if (!allVerified || !differences.isEmpty()) {
      throw new VerificationFailedException(report(sifted, keeping, ""));
    }
  }

  private ImportReport report(Sifted sifted, RejectKeeping keeping, String before) {
    SchemaMapping mapping = sifted.mapping();
    return new ImportReport(
        file.toString(),
        planning.target(),
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
        notCompared);
  }

  private void enter(Phase next, Survey survey) {
    if (next != phase) {
      phase = next;
      rowsOfPhase = 0;
      long rows = phase == Phase.LOAD || phase == Phase.VERIFY ? survey.totalRows() : 0;
      options.progressed(new Progress(phase, "", 0, 0, rows));
    }
  }

  private void progress(TableMapping table, long done, Survey survey) {
    options.progressed(
        new Progress(phase, table.source(), done, rowsOfPhase + done, survey.totalRows()));
  }

  private void finishTable(TableMapping table, Survey survey) {
    progress(table, table.rows(), survey);
    rowsOfPhase += table.rows();
  }

  private void took(TableMapping table, long begin) {
    nanos.merge(table.source(), System.nanoTime() - begin, Long::sum);
  }
}

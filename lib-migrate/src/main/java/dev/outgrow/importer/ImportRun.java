package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One import, from the first look at the file to the swap. Used once. */
final class ImportRun {
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final Planning planning;
  private final long started = System.nanoTime();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, Long> nanos = new HashMap<>();
  private final List<TableReport> tables = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<NotCarried> refused = new ArrayList<>();
  private Phase phase = Phase.SURVEY;
  private long rowsOfPhase;

  ImportRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
    this.planning = new Planning(options, database);
  }

  ImportReport run() {
    try (ImportTarget target = ImportTarget.open(database, planning.names(), options.buffers())) {
      TargetState state = target.state();
      target.refuseUnlessEmptyOr(
          options.replace(), state); // before the file is read, which may take long
      try (Survey survey = Survey.of(file, options)) {
        refuseOrphans(survey.mapping());
        ImportPlan plan = ImportPlan.of(planning.names(), survey.mapping(), state);
        String before = carry(plan, survey, target);
        return report(plan.mapping(), before);
      }
    }
  }

  private String carry(ImportPlan plan, Survey survey, ImportTarget target) {
    String before = "";
    GeneratedColumns generated = new GeneratedColumns(plan.names(), target, refused::add);
    ViewComparison views = new ViewComparison(plan.names(), survey, target, refused);
    for (Step step : plan.steps()) {
      enter(step.phase(), survey);
      if (step instanceof Step.Execute execute) {
        target.execute(execute);
      } else if (step instanceof Step.Attempt attempt) {
        target.attempt(attempt).ifPresent(refused::add);
      } else if (step instanceof Step.Create create) {
        generated.create(create.table());
      } else if (step instanceof Step.Load load) {
        load(load, survey, target, generated);
      } else if (step instanceof Step.Verify verify) {
        verify(verify.table(), survey, target);
      } else if (step instanceof Step.Compare compare) {
        views.compare(compare.view());
      } else if (step instanceof Step.Swap) {
        refuseDifferences(plan.mapping());
        before = target.swap(options.replace());
      }
    }
    return before;
  }

  private void load(
      Step.Load planned, Survey survey, ImportTarget target, GeneratedColumns generated) {
    TableMapping table = planned.table();
    long begin = System.nanoTime();
    Loaded load =
        generated.load(
            table,
            step -> load(step, survey, target),
            (made, done) ->
                target.verify(
                    made,
                    done.digest(),
                    () -> survey.rows(table),
                    rows -> progress(table, table.rows(), survey)));
    loaded.put(table.source(), load);
    took(table, begin);
    finishTable(table, survey);
  }

  private Loaded load(Step.Load step, Survey survey, ImportTarget target) {
    TableMapping table = step.table();
    try (RowCursor rows = survey.rows(table)) {
      return target.load(step, rows, done -> progress(table, done, survey));
    }
  }

  private void verify(TableMapping table, Survey survey, ImportTarget target) {
    Loaded load = loaded.get(table.source());
    if (load == null) {
      throw new IllegalStateException(
          "Table " + table.source() + " is verified before it is loaded");
    }
    long begin = System.nanoTime();
    TableVerdict verdict =
        target.verify(
            table, load.digest(), () -> survey.rows(table), done -> progress(table, done, survey));
    took(table, begin);
    finishTable(table, survey);
    differences.addAll(verdict.differences());
    tables.add(
        new TableReport(
            table.source(),
            verdict.source().rows(),
            verdict.verified() ? verdict.target().rows() : 0,
            0,
            load.bytes(),
            nanos.getOrDefault(table.source(), 0L) / 1_000_000,
            verdict.source().hex(),
            verdict.verified()));
  }

  private void refuseOrphans(SchemaMapping mapping) {
    List<NotCarried> broken =
        mapping.notCarried().stream().filter(n -> n.kind() == Kind.FOREIGN_KEY_VALIDATION).toList();
    if (options.orphans() == Orphans.FAIL && !broken.isEmpty()) {
      throw new TargetException(
          options.schema(),
          List.of(),
          "Rows refer to nothing: "
              + String.join("; ", broken.stream().map(n -> n.name() + ": " + n.reason()).toList())
              + ".",
          "Mend them in the SQLite file, or carry them as they are with the keys NOT VALID (orphans keep, or"
              + " --orphans keep).",
          null);
    }
  }

  private void refuseDifferences(SchemaMapping mapping) {
    boolean allVerified = tables.stream().allMatch(TableReport::verified);
    if (!allVerified || !differences.isEmpty()) {
      throw new VerificationFailedException(report(mapping, ""));
    }
  }

  private ImportReport report(SchemaMapping mapping, String before) {
    return new ImportReport(
        file.toString(),
        database.url() + ", schema " + options.schema(),
        before,
        tables,
        Stream.concat(mapping.notCarried().stream(), refused.stream()).toList(),
        mapping.renamed(),
        mapping.changedTypes(),
        List.of(),
        differences,
        (System.nanoTime() - started) / 1_000_000,
        mapping.leftOut());
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

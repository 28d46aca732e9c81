package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.RejectPlace;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One import into tables that are there already, from the first look at both sides to the commit.
 * Used once.
 */
final class ExistingRun {
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final Planning planning;
  private final long started = System.nanoTime();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final List<TableReport> tables = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<NotCarried> refused = new ArrayList<>();

  ExistingRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
    this.planning = new Planning(options, database);
  }

  ImportReport run() {
    try (ImportTarget target = ImportTarget.open(database, planning.names(), options.buffers());
        Survey survey = Survey.of(file, options, Places.existing(target.existing(), options))) {
      Disagreement.refuse(survey.existing());
      Disagreement.refuseOversized(survey.tables(), options.largestRow());
      ImportPlan plan = planning.plan(survey.existing());
      String before = carry(plan, survey, target);
      return report(plan.mapping(), before);
    }
  }

  private String carry(ImportPlan plan, Survey survey, ImportTarget target) {
    String before = "";
    ImportProgress progress = new ImportProgress(options, survey::totalRows);
    for (Step step : plan.steps()) {
      progress.enter(step.phase());
      if (step instanceof Step.Execute execute) {
        target.execute(execute);
      } else if (step instanceof Step.Load load) {
        load(load, survey, target, progress);
      } else if (step instanceof Step.Examine examine) {
        refused.addAll(target.examine(examine));
      } else if (step instanceof Step.Verify verify) {
        verify(verify.table(), survey, target, progress);
      } else if (step instanceof Step.Transfer transfer) {
        refuseDifferences(plan.mapping());
        before = transfer(transfer, survey, target, progress);
      } else {
        throw new IllegalStateException("No step of such an import: " + step.title());
      }
    }
    return before;
  }

  private void load(Step.Load step, Survey survey, ImportTarget target, ImportProgress progress) {
    TableMapping table = step.table();
    long begin = System.nanoTime();
    try (RowCursor rows = survey.rows(table)) {
      loaded.put(table.source(), target.load(step, rows, done -> progress.rows(table, done)));
    }
    progress.took(table, begin);
  }

  private void verify(
      TableMapping table, Survey survey, ImportTarget target, ImportProgress progress) {
    Loaded load = loadedOf(table);
    long begin = System.nanoTime();
    TableVerdict verdict =
        target.verify(
            table, load.digest(), () -> survey.rows(table), done -> progress.rows(table, done));
    progress.took(table, begin);
    differences.addAll(verdict.differences());
    tables.add(
        new TableReport(
            table.source(),
            verdict.source().rows(),
            verdict.verified() ? verdict.target().rows() : 0,
            0,
            load.bytes(),
            progress.millis(table),
            verdict.source().hex(),
            verdict.verified()));
  }

  /** What was staged was compared already; here it is what became of it. */
  private String transfer(
      Step.Transfer step, Survey survey, ImportTarget target, ImportProgress progress) {
    return target.transfer(
        step,
        options.replace(),
        orphaned(step.mapping()),
        comparison -> {
          for (TableMapping table : survey.mapping().tables()) {
            compare(table, comparison, survey, progress);
          }
          refuseDifferences(survey.mapping());
        });
  }

  private void compare(
      TableMapping table,
      ImportTarget.Comparison comparison,
      Survey survey,
      ImportProgress progress)
      throws SQLException {
    TableVerdict verdict =
        comparison.verify(
            table,
            loadedOf(table).digest(),
            () -> survey.rows(table),
            done -> progress.rows(table, done));
    differences.addAll(verdict.differences());
    if (!verdict.verified() && verdict.differences().isEmpty()) {
      differences.add(new Difference(table.source(), "", Difference.What.CHANGED, List.of()));
    }
  }

  private Set<ExistingKey> orphaned(ExistingMapping mapping) {
    Set<String> kept = refused.stream().map(NotCarried::name).collect(Collectors.toSet());
    return mapping.keys().stream()
        .filter(k -> kept.contains(k.describe()))
        .collect(Collectors.toSet());
  }

  private Loaded loadedOf(TableMapping table) {
    Loaded load = loaded.get(table.source());
    if (load == null) {
      throw new IllegalStateException(
          "Table " + table.source() + " is verified before it is loaded");
    }
    return load;
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
        database.url() + ", schema " + options.schema() + ", into the tables that were there",
        before,
        tables,
        Stream.concat(mapping.notCarried().stream(), refused.stream()).toList(),
        mapping.renamed(),
        mapping.changedTypes(),
        List.of(),
        differences,
        (System.nanoTime() - started) / 1_000_000,
        mapping.leftOut(),
        RejectPlace.NONE);
  }
}

package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.reject.Treatment;
import dev.outgrow.importer.report.Since;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a file with the tables it was loaded into, at any later time. Used once. */
final class ExistingVerifyRun {
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final long started = System.nanoTime();
  private final List<TableVerdict> verdicts = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  /** Rows that the tables hold are what is to be compared. */
  ExistingVerifyRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options.with(o -> o.replace = o.append == Append.NONE);
  }

  VerifyReport run() {
    Planning planning = new Planning(options, database);
    try (ImportTarget target = ImportTarget.open(database, planning.names(), options.buffers())) {
      return options.course().wakenBy(target::cancelStatement, () -> run(planning, target));
    }
  }

  private VerifyReport run(Planning planning, ImportTarget target) {
    try (Survey survey =
            Survey.of(file, options, Places.existing(target.tables().read(), options));
        ExistingSieve sieve = new ExistingSieve(survey, options)) {
      sift(survey, sieve, target, planning);
      compare(survey, sieve.sifted(), target);
      return new VerifyReport(
          file.toString(),
          database.url()
              + ", schema "
              + options.schema()
              + ", its tables as they are"
              + (options.append() == Append.NONE ? "" : ", as far as the file has their rows"),
          verdicts,
          differences,
          (System.nanoTime() - started) / 1_000_000,
          sieve.sifted().mapping().tables().stream().mapToLong(sieve.sifted()::rejected).sum(),
          sieve.sifted().firstRejects(options.listedRejects()),
          since(sieve.sifted()));
    }
  }

  /** Where rows were added to others, what the tables held then is not on record. */
  private @Nullable Since since(Sifted sifted) {
    return options.append() == Append.NONE
        ? MovedOn.ofAll(database, options, sifted, verdicts)
        : null;
  }

  /**
   * Leaves out the rows that an import with the same options does. Which they are, only the server
   * knows, so they are staged in temporary tables. Rows that refuse an import are just compared.
   */
  private void sift(Survey survey, ExistingSieve sieve, ImportTarget target, Planning planning) {
    boolean carriesAll =
        options.badRows() == BadRows.FAIL
            && (options.orphans() == Orphans.FAIL || options.orphans() == Orphans.KEEP);
    if (carriesAll) {
      sieve.lookAtSizes();
    } else {
      sieve.look();
      stage(survey, sieve, target, planning);
      target.discardTemporary();
    }
    sieve.refuse(planning.target(), List.of());
  }

  private void stage(Survey survey, ExistingSieve sieve, ImportTarget target, Planning planning) {
    ImportNames names = planning.names().temporary();
    target.stageTemporarily();
    try {
      stage(survey, sieve, target, names);
    } catch (ValueException misfit) {
      sieve.lookAtAll(misfit);
      target.discardTemporary();
      target.stageTemporarily();
      stage(survey, sieve, target, names);
    }
  }

  private void stage(Survey survey, ExistingSieve sieve, ImportTarget target, ImportNames names) {
    for (Step step : ImportPlan.stage(names, survey.existing(), false)) {
      if (step instanceof Step.Execute execute) {
        target.execute(execute);
      } else if (step instanceof Step.Load load) {
        load(load, sieve.sifted(), survey, target);
      } else if (step instanceof Step.Examine asked) {
        new ExistingQuestions(survey, sieve.aside(), target, names).settle(asked, treatment());
      }
    }
  }

  /** Orphans that would refuse an import are just compared. */
  private Treatment treatment() {
    return options.orphans() == Orphans.FAIL ? Treatment.COUNT : options.orphans().treatment();
  }

  private void load(Step.Load step, Sifted sifted, Survey survey, ImportTarget target) {
    TableMapping table = step.table();
    try (RowCursor rows = sifted.rows(table)) {
      target.load(
          step,
          rows,
          (done, bytes) ->
              options
                  .course()
                  .rows(Phase.SURVEY, Done.rows(table.source(), done, done, survey.totalRows())));
    }
  }

  private void compare(Survey survey, Sifted sifted, ImportTarget target) {
    ExistingMapping existing = survey.existing();
    existing.refusals().forEach(f -> differences.add(structure(f)));
    options.course().enter(Phase.VERIFY, Done.rows("", 0, 0, survey.totalRows()));
    long rows = 0;
    for (LandedTable table : existing.tables()) {
      TableMapping mapping = table.mapping();
      long before = rows;
      if (fits(table, existing)) {
        TableVerdict verdict =
            target
                .tables()
                .compare(
                    table,
                    options.append(),
                    () -> sifted.rows(mapping),
                    done -> progress(mapping, done, before + done, survey));
        verdicts.add(verdict);
        differences.addAll(verdict.differences());
      }
      rows += mapping.rows();
      progress(mapping, mapping.rows(), rows, survey);
    }
  }

  /** Values that a column cannot hold are not there, whatever it holds. */
  private static boolean fits(LandedTable table, ExistingMapping existing) {
    String column = table.existing().name() + ".";
    return existing.refusals().stream()
        .noneMatch(f -> f.what() == Finding.What.NARROWER_COLUMN && f.name().startsWith(column));
  }

  private static Difference structure(Finding finding) {
    return finding.what() == Finding.What.MISSING_TABLE
        ? new Difference(finding.name(), "", Difference.What.NO_TABLE, List.of())
        : new Difference(
            finding.name(), "", Difference.What.OTHER_COLUMNS, List.of(finding.describe()));
  }

  private void progress(TableMapping table, long done, long rows, Survey survey) {
    options.course().rows(Phase.VERIFY, Done.rows(table.source(), done, rows, survey.totalRows()));
  }
}

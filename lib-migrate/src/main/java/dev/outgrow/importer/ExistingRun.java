package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.Comparison;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.report.ImportReport;
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
import java.util.Optional;
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
  private boolean settled;

  ExistingRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
    this.planning = new Planning(options, database);
  }

  ImportReport run() {
    try (ImportTarget target =
        ImportTarget.open(
            database, planning.names(), options.buffers(), options.patience(), options.streams())) {
      return tryTo(target);
    }
  }

  /** Nothing is kept for another run, which would have to look at all rows again to go on. */
  private ImportReport tryTo(ImportTarget target) {
    try {
      return options.course().wakenBy(target::cancelStatement, () -> run(target));
    } catch (OutgrowException e) {
      target.staged().failed(e.what());
      throw e;
    }
  }

  private ImportReport run(ImportTarget target) {
    target.claim();
    if (options.dryRun()) {
      target.stageTemporarily();
    } else {
      Earlier.clean(file, options, planning, target);
    }
    try (Survey survey =
        Survey.of(file, options, Places.existing(target.tables().read(), options))) {
      Disagreement.refuse(survey.existing());
      try (ExistingSieve sieve = new ExistingSieve(survey, options);
          RejectKeeping keeping = new RejectKeeping(options, planning.names())) {
        sieve.look();
        return carry(survey, sieve, keeping, target);
      }
    }
  }

  /**
   * Takes it that every row fits that was not found not to. Where the server, or an encoder, finds
   * others, they are set aside, and the rest is staged again.
   */
  private ImportReport carry(
      Survey survey, ExistingSieve sieve, RejectKeeping keeping, ImportTarget target) {
    while (true) {
      ImportPlan plan = planning.plan(survey.existing(), sieve.sifted().hasRejects());
      try {
        Optional<String> before = carry(plan, survey, sieve, keeping, target);
        if (before.isPresent()) {
          keeping.keep();
          return report(sieve.sifted(), keeping, before.get());
        }
      } catch (ValueException misfit) {
        sieve.lookAtAll(misfit);
      }
      target.discard();
      loaded.clear();
      refused.clear();
    }
  }

  /** Returns where what the tables held is kept; nothing where other rows have to be staged. */
  private Optional<String> carry(
      ImportPlan plan,
      Survey survey,
      ExistingSieve sieve,
      RejectKeeping keeping,
      ImportTarget target) {
    Sifted sifted = sieve.sifted();
    String before = "";
    ImportProgress progress = new ImportProgress(options, survey::totalRows);
    if (!plan.asks()) {
      sieve.refuse(planning.target(), List.of());
    }
    for (Step step : plan.steps()) {
      progress.enter(step.phase());
      if (step instanceof Step.Execute execute) {
        target.execute(execute);
      } else if (step instanceof Step.Load load) {
        load(load, sifted, target, progress);
      } else if (step instanceof Step.Examine examine) {
        if (examine(examine, survey, sieve, target)) {
          return Optional.empty();
        }
      } else if (step instanceof Step.KeepRejects) {
        keeping.write(sifted.rejects(), target);
      } else if (step instanceof Step.Verify verify) {
        verify(verify.table(), sifted, target, progress);
      } else if (step instanceof Step.Transfer transfer) {
        refuseDifferences(sifted, keeping);
        before = transfer(transfer, sifted, keeping, target, progress);
      } else {
        throw new IllegalStateException("No step of such an import: " + step.title());
      }
    }
    return Optional.of(before);
  }

  /** Returns whether rows that were staged have to be carried otherwise, or not at all. */
  private boolean examine(
      Step.Examine step, Survey survey, ExistingSieve sieve, ImportTarget target) {
    ExistingQuestions asked =
        new ExistingQuestions(survey, sieve.aside(), target, planning.names());
    if (settled) {
      asked.confirm(step);
    } else {
      asked.settle(step, options.orphans().treatment());
    }
    sieve.refuse(
        planning.target(), Stream.concat(asked.found().stream(), asked.faults().stream()).toList());
    Disagreement.refuse(options.schema(), asked.faults());
    refused.addAll(asked.allowed());
    settled |= asked.changed();
    return asked.changed();
  }

  private void load(Step.Load step, Sifted sifted, ImportTarget target, ImportProgress progress) {
    TableMapping table = step.table();
    progress.begin(table);
    try (RowCursor rows = sifted.rows(table)) {
      Loaded load = target.load(step, rows, (done, bytes) -> progress.sent(table, done, bytes));
      loaded.put(table.source(), load);
      progress.took(table, load.bytes());
    }
  }

  private void verify(
      TableMapping table, Sifted sifted, ImportTarget target, ImportProgress progress) {
    Loaded load = loadedOf(table);
    progress.begin(table);
    TableVerdict verdict =
        target.verify(
            table, load.digest(), () -> sifted.rows(table), done -> progress.rows(table, done));
    progress.took(table);
    differences.addAll(verdict.differences());
    tables.add(Reports.table(table, sifted, load, progress.millis(table), verdict));
  }

  /** What was staged was compared already; here it is what became of it. */
  private String transfer(
      Step.Transfer step,
      Sifted sifted,
      RejectKeeping keeping,
      ImportTarget target,
      ImportProgress progress) {
    return target.transfer(
        step,
        options.replace(),
        orphaned(step.mapping()),
        comparison -> {
          for (TableMapping table : sifted.mapping().tables()) {
            compare(table, comparison, sifted, progress);
          }
          refuseDifferences(sifted, keeping);
          tables.replaceAll(t -> comparison.merged(landed(sifted, t)).map(t::with).orElse(t));
          keeping.publish();
          record(sifted, target);
        });
  }

  /** Tables to which rows were added hold others as well, and so nothing can be told of them. */
  private void record(Sifted sifted, ImportTarget target) {
    if (options.append() == Append.NONE) {
      sifted.mapping().tables().forEach(t -> target.staged().brought(t, loadedOf(t)));
    }
  }

  private void compare(
      TableMapping table, Comparison comparison, Sifted sifted, ImportProgress progress)
      throws SQLException {
    TableVerdict verdict =
        comparison.verify(
            table,
            loadedOf(table).digest(),
            () -> sifted.rows(table),
            done -> progress.rows(table, done));
    differences.addAll(verdict.differences());
    if (!verdict.verified() && verdict.differences().isEmpty()) {
      differences.add(new Difference(table.source(), "", Difference.What.CHANGED, List.of()));
    }
  }

  private static TableMapping landed(Sifted sifted, TableReport table) {
    return sifted.mapping().tables().stream()
        .filter(t -> t.source().equals(table.name()))
        .findFirst()
        .orElseThrow();
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
        database.url()
            + ", schema "
            + options.schema()
            + ", into the tables that were there"
            + (options.dryRun() ? ", a dry run that was rolled back" : ""),
        options.dryRun() ? "" : before,
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
        List.of(),
        options.course().phases(),
        options.dryRun());
  }
}

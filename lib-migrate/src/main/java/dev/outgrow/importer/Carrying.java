package dev.outgrow.importer;

import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.postgres.Swapped;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.NotCompared;
import dev.outgrow.importer.verify.TableVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Goes through the steps of a plan, from the staging schema to the swap. Used once. */
final class Carrying {
  private final ImportOptions options;
  private final Survey survey;
  private final Sifted sifted;
  private final RejectKeeping keeping;
  private final ImportTarget target;
  private final Loading loading;
  private final ImportProgress progress;
  private final ImportReporting reporting;
  private final List<NotCarried> refused = new ArrayList<>();
  private final List<NotCompared> notCompared = new ArrayList<>();

  Carrying(
      ImportOptions options,
      Survey survey,
      Sifted sifted,
      RejectKeeping keeping,
      ImportTarget target,
      Loading loading,
      ImportProgress progress,
      ImportReporting reporting) {
    this.options = options;
    this.survey = survey;
    this.sifted = sifted;
    this.keeping = keeping;
    this.target = target;
    this.loading = loading;
    this.progress = progress;
    this.reporting = reporting;
  }

  /**
   * Goes through them.
   *
   * @throws VerificationFailedException if a row was read back different
   */
  ImportReport carry(ImportPlan plan) {
    String before = "";
    ViewComparison views =
        new ViewComparison(plan.names(), survey, sifted, target, refused, notCompared);
    List<Step> steps = plan.steps();
    int next = 0;
    while (next < steps.size()) {
      int end = endOfGroup(steps, next);
      if (end > next + 1) {
        progress.enter(steps.get(next).phase());
        refused.addAll(target.build(steps.subList(next, end), plan.tactics()));
      } else {
        before = carry(steps.get(next), views, before);
      }
      next = end;
    }
    return reporting.report(refused(), notCompared, before);
  }

  /** Returns where the steps end of one phase that can be done at the same time, or one. */
  private static int endOfGroup(List<Step> steps, int begin) {
    int end = begin;
    while (end < steps.size()
        && steps.get(end).touches().isKnown()
        && steps.get(end).phase() == steps.get(begin).phase()) {
      end++;
    }
    return Math.max(end, begin + 1);
  }

  private String carry(Step step, ViewComparison views, String before) {
    if (step instanceof Step.Load load) {
      loading.load(load, sifted);
    } else if (step instanceof Step.StorePlain plain) {
      loading.store(plain);
    } else if (step.phase() == Phase.PREPARE) {
      loading.prepare(step);
    } else {
      progress.enter(step.phase());
      return finish(step, views);
    }
    return before;
  }

  /** Does what comes after the rows, and returns where the swap has put what was there before. */
  private String finish(Step step, ViewComparison views) {
    if (step instanceof Step.Execute execute) {
      target.execute(execute);
    } else if (step instanceof Step.Attempt attempt) {
      target.attempt(attempt).ifPresent(refused::add);
    } else if (step instanceof Step.KeepRejects) {
      keeping.write(sifted.rejects(), target);
    } else if (step instanceof Step.Verify verify) {
      verify(verify.table());
    } else if (step instanceof Step.Compare compare) {
      views.compare(compare.view());
    } else if (step instanceof Step.Swap) {
      refuseDifferences();
      keeping.publish();
      Swapped swapped = target.swap(options.replace());
      refused.addAll(swapped.notCarried());
      return swapped.before();
    }
    return "";
  }

  private void verify(TableMapping table) {
    Loaded load = loading.loaded(table);
    progress.begin(table);
    TableVerdict verdict =
        target.verify(
            table, load.digest(), () -> sifted.rows(table), done -> progress.rows(table, done));
    progress.took(table);
    reporting.add(table, load, verdict, progress.millis(table));
  }

  private void refuseDifferences() {
    if (!reporting.isVerified()) {
      throw new VerificationFailedException(reporting.report(refused(), notCompared, ""));
    }
  }

  private List<NotCarried> refused() {
    return Stream.of(refused, loading.notCarried()).flatMap(List::stream).toList();
  }
}

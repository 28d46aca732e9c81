package dev.outgrow.importer;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TableSteps;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.postgres.RowTooLargeException;
import dev.outgrow.importer.source.RowCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tables of one import and fills them. Where a survey has seen the first rows of a table
 * only, the table is made for what these hold and filled, and the other rows are looked at on the
 * way: mostly that was right, and the table need not be read twice.
 */
final class Loading {
  private final ImportNames names;
  private final Survey survey;
  private final ImportTarget target;
  private final ImportProgress progress;
  private final GeneratedColumns generated;
  private final Map<String, Step.Create> made = new HashMap<>();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, OutgrowException> broken = new HashMap<>();
  private final Set<String> tooLarge = new HashSet<>();
  private boolean staged;

  Loading(ImportNames names, Survey survey, ImportTarget target, ImportProgress progress) {
    this.names = names;
    this.survey = survey;
    this.target = target;
    this.progress = progress;
    this.generated = new GeneratedColumns(names, target);
  }

  /** Makes and fills every table of a plan that supposes that the first rows are like all. */
  void suppose(ImportPlan plan) {
    Sifted all = Sifted.whole(survey);
    for (Step step : plan.steps()) {
      if (step instanceof Step.Load load) {
        progress.enter(load.phase());
        tryToLoad(load.table(), all);
      } else if (step.phase() == Phase.PREPARE) {
        prepare(step);
      }
    }
  }

  private void tryToLoad(TableMapping table, Sifted all) {
    try {
      loaded.put(table.source(), load(table, all, this::supposed));
    } catch (ValueException | RowTooLargeException | StatementException e) {
      if (!isAboutRows(e)) {
        throw e;
      }
      if (!tooLarge.contains(table.source())) {
        broken.put(table.source(), e);
      }
    }
  }

  /** Fills a table, or learns why it cannot be; in both cases the whole table was seen then. */
  private Loaded supposed(Step.Load step) {
    TableMapping table = step.table();
    if (survey.isSure(table)) {
      return fill(step, Sifted.whole(survey));
    }
    try (Watch watch = survey.watch(table)) {
      return supposed(step, watch);
    }
  }

  private Loaded supposed(Step.Load step, Watch watch) {
    TableMapping table = step.table();
    try {
      Loaded load =
          target.load(step, watch.rows(), (rows, bytes) -> progress.sent(table, rows, bytes));
      watch.finish();
      return load;
    } catch (ValueException | RowTooLargeException | StatementException e) {
      if (watch.metLargeRow()) {
        tooLarge.add(table.source());
      }
      if (isAboutRows(e)) {
        watch.finish();
      }
      throw e;
    }
  }

  /** Returns whether a failure is about what the rows hold, and not about the server. */
  private static boolean isAboutRows(OutgrowException e) {
    return !(e instanceof StatementException failure) || ImportTarget.isRefusal(failure);
  }

  /** Does what comes before rows, unless it is done. */
  void prepare(Step step) {
    if (step instanceof Step.Create create) {
      if (!made.containsKey(create.table().source())) {
        progress.enter(step.phase());
        generated.create(create.table());
        made.put(create.table().source(), create);
      }
    } else if (!staged) {
      progress.enter(step.phase());
      target.make(step);
      staged = true;
    }
  }

  /**
   * Drops the tables that were made and are not what they have to be, now that everything is known.
   *
   * @param plan what has to be
   * @param sifted the rows that are carried
   * @throws OutgrowException if a table that is what it has to be did not take the rows
   */
  void settle(ImportPlan plan, Sifted sifted) {
    Map<String, Step.Create> wanted = new HashMap<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Create create) {
        wanted.put(create.table().source(), create);
      }
    }
    for (Step.Create create : List.copyOf(made.values())) {
      String table = create.table().source();
      boolean same = isSame(create, wanted.get(table));
      OutgrowException failure = broken.get(table);
      boolean changed = sifted.changesRows(create.table());
      if (same && failure != null && !changed) {
        throw failure;
      }
      if (!same || changed || !loaded.containsKey(table)) {
        target.execute(TableSteps.drop(names, create.table()));
        made.remove(table);
        if (loaded.remove(table) != null) {
          progress.back(create.table());
        }
      }
    }
  }

  private static boolean isSame(Step.Create made, Step.@Nullable Create wanted) {
    return wanted != null
        && wanted.statement().equals(made.statement())
        && wanted.table().columns().equals(made.table().columns())
        && wanted.table().keyPositions().equals(made.table().keyPositions());
  }

  /** Fills a table, unless it is filled. */
  void load(Step.Load planned, Sifted sifted) {
    TableMapping table = planned.table();
    if (!loaded.containsKey(table.source())) {
      progress.enter(planned.phase());
      loaded.put(table.source(), load(table, sifted, step -> fill(step, sifted)));
    }
  }

  private Loaded load(TableMapping table, Sifted sifted, GeneratedColumns.Filling filling) {
    progress.begin(table);
    Loaded load =
        generated.load(
            table,
            filling,
            (tried, done) ->
                target.verify(
                    tried,
                    done.digest(),
                    () -> sifted.rows(table),
                    rows -> progress.rows(table, table.rows())));
    progress.took(table, load.bytes());
    return load;
  }

  /** Returns what was loaded of a table. */
  Loaded loaded(TableMapping table) {
    Loaded load = loaded.get(table.source());
    if (load == null) {
      throw new IllegalStateException(
          "Table " + table.source() + " is verified before it is loaded");
    }
    return load;
  }

  /** Returns the expressions of columns that are not carried. */
  List<NotCarried> notCarried() {
    return generated.notCarried();
  }

  private Loaded fill(Step.Load step, Sifted sifted) {
    TableMapping table = step.table();
    try (RowCursor rows = sifted.rows(table)) {
      return target.load(step, rows, (done, bytes) -> progress.sent(table, done, bytes));
    }
  }
}

package dev.outgrow.importer;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.journal.JournalTable;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TableSteps;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.postgres.Receipt;
import dev.outgrow.importer.postgres.RowTooLargeException;
import dev.outgrow.importer.progress.RowsSent;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.Verifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes the tables of one import and fills them. Where a survey has seen the first rows of a table
 * only, the table is made for what these hold and filled, and the other rows are looked at on the
 * way: mostly that was right, and the table need not be read twice.
 */
final class Loading {
  /** Every row is carried as it is. */
  private static final String WHOLE = "WHOLE";

  private static final int TOGETHER = 40;

  private final ImportNames names;
  private final Survey survey;
  private final ImportTarget target;
  private final ImportProgress progress;
  private final GeneratedColumns generated;
  private final boolean encode;
  private final Map<String, Made> made = new HashMap<>();
  private final Map<String, JournalTable> taken = new HashMap<>();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, OutgrowException> broken = new HashMap<>();
  private final Set<String> tooLarge = new HashSet<>();
  private List<Step.Create> planned = List.of();
  private boolean staged;

  /** A table that was made: as it was planned, and by which choice of rows it was filled. */
  private record Made(TableMapping table, String definition, String choice) {}

  /**
   * Prepares.
   *
   * @param names the schemas of the import
   * @param survey the source
   * @param target where it is carried to
   * @param progress is told how far it is
   * @param encode whether every row was encoded before to find those that do not fit
   */
  Loading(
      ImportNames names,
      Survey survey,
      ImportTarget target,
      ImportProgress progress,
      boolean encode) {
    this.encode = encode;
    this.names = names;
    this.survey = survey;
    this.target = target;
    this.progress = progress;
    this.generated = new GeneratedColumns(names, target);
  }

  /** Takes over what an earlier run has made and filled, where that is what is wanted still. */
  void takeOver(Earlier earlier) {
    staged = true;
    Map<String, TableMapping> tables = new HashMap<>();
    survey.mapping().tables().forEach(t -> tables.put(t.source(), t));
    for (JournalTable each : earlier.tables().values()) {
      TableMapping table = tables.get(each.source());
      boolean same =
          table != null
              && Identity.definition(TableSteps.create(names, table)).equals(each.definition());
      if (table != null && same) {
        generated.takeOver(table, each);
        made.put(each.source(), new Made(table, each.definition(), each.choice()));
        taken.put(each.source(), each);
        progress.takeOver(table, each.bytes());
      } else if (!drop(each.target(), each.source())) {
        return;
      }
    }
  }

  /** Makes and fills every table of a plan that supposes that the first rows are like all. */
  void suppose(ImportPlan plan) {
    plan(plan);
    Sifted all = Sifted.whole(survey);
    for (Step step : plan.steps()) {
      if (step instanceof Step.Load load) {
        progress.enter(load.phase());
        tryToLoad(load.table(), all);
      } else if (step instanceof Step.StorePlain plain) {
        store(plain);
      } else if (step.phase() == Phase.PREPARE) {
        prepare(step);
      }
    }
  }

  private void tryToLoad(TableMapping table, Sifted all) {
    if (taken.containsKey(table.source())) {
      return;
    }
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
      Loaded load = load(step, watch.rows(), WHOLE);
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
        make(create);
      }
    } else if (!staged) {
      progress.enter(step.phase());
      target.make(step);
      staged = true;
    }
  }

  private void plan(ImportPlan plan) {
    planned =
        plan.tactics().together()
            ? plan.steps().stream()
                .filter(Step.Create.class::isInstance)
                .map(Step.Create.class::cast)
                .filter(c -> c.table().generatedColumns().isEmpty())
                .toList()
            : List.of();
  }

  /** Makes a table, and others that are still to be made as well, if that goes in one. */
  private void make(Step.Create create) {
    List<Step.Create> together =
        planned.stream()
            .filter(c -> !made.containsKey(c.table().source()))
            .limit(TOGETHER)
            .toList();
    if (together.size() > 1 && together.contains(create) && target.staged().makeAll(together)) {
      for (Step.Create each : together) {
        generated.isMade(each.table());
        remember(each);
      }
    } else {
      generated.create(create.table());
      remember(create);
    }
  }

  private void remember(Step.Create create) {
    made.put(create.table().source(), new Made(create.table(), Identity.definition(create), ""));
  }

  /**
   * Drops the tables that were made and are not what they have to be, now that everything is known.
   *
   * @param plan what has to be
   * @param sifted the rows that are carried
   * @throws OutgrowException if a table that is what it has to be did not take the rows
   */
  void settle(ImportPlan plan, Sifted sifted) {
    plan(plan);
    Map<String, Step.Create> wanted = new HashMap<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Create create) {
        wanted.put(create.table().source(), create);
      }
    }
    for (Made each : List.copyOf(made.values())) {
      String table = each.table().source();
      Step.Create create = wanted.get(table);
      boolean same = create != null && Identity.definition(create).equals(each.definition());
      OutgrowException failure = broken.get(table);
      if (same && failure != null && !sifted.changesRows(each.table())) {
        throw failure;
      }
      boolean chosen = same && each.choice().equals(choice(sifted, each.table()));
      boolean filled = loaded.containsKey(table) || (chosen && isProven(each.table(), sifted));
      if (!(chosen && filled) && !drop(each.table().target(), table)) {
        return;
      }
    }
  }

  /**
   * Reads the rows of a table that was taken over once more. Those it was loaded with have to be
   * the same, however little the file seems to have changed.
   */
  private boolean isProven(TableMapping table, Sifted sifted) {
    JournalTable known = taken.get(table.source());
    if (known == null) {
      return false;
    }
    RowCursor rows = new CheckedRows(sifted.rows(table), n -> progress.checked(table, n));
    TableDigest digest = Verifier.digest(table, rows);
    Checksum checksum = digest.checksum();
    if (checksum.rows() != known.rows() || !checksum.hex().equals(known.checksum())) {
      progress.noted("Table " + table.source() + " has changed in the file, and is loaded again.");
      return false;
    }
    loaded.put(table.source(), new Loaded(digest, known.bytes()));
    return true;
  }

  /**
   * Drops a table. Where things were made behind the rows, other tables may refer to it: then
   * everything is.
   *
   * @return whether other tables are still there
   */
  private boolean drop(String name, String source) {
    if (Earlier.isSettled(target)) {
      startOver();
      return false;
    }
    target.staged().drop(names, name, source);
    Made dropped = made.remove(source);
    boolean filled = loaded.remove(source) != null;
    filled |= taken.remove(source) != null;
    if (filled && dropped != null) {
      progress.back(dropped.table());
    }
    return true;
  }

  /** Drops everything that was made. */
  void startOver() {
    target.discard();
    made.clear();
    taken.clear();
    loaded.clear();
    staged = false;
    progress.back();
  }

  private String choice(Sifted sifted, TableMapping table) {
    return !sifted.changesRows(table) ? WHOLE : encode ? "ENCODED" : "SIFTED";
  }

  /** Has the blobs of a table stored as they are, unless they are there. */
  void store(Step.StorePlain step) {
    String table = step.table().source();
    if (!loaded.containsKey(table) && !taken.containsKey(table)) {
      progress.enter(step.phase());
      target.make(step);
    }
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
    if (!generated.made(table).generatedColumns().isEmpty()) {
      // Only now it is known that PostgreSQL computes what SQLite does.
      target.staged().loaded(table, receipt(table, choice(sifted, table)), load);
    }
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
    try (RowCursor rows = sifted.rows(step.table())) {
      return load(step, rows, choice(sifted, step.table()));
    }
  }

  private Loaded load(Step.Load step, RowCursor rows, String choice) {
    TableMapping table = step.table();
    RowsSent told = (done, bytes) -> progress.sent(table, done, bytes);
    Made filled = Objects.requireNonNull(made.get(table.source()));
    made.put(table.source(), new Made(filled.table(), filled.definition(), choice));
    return table.generatedColumns().isEmpty()
        ? target.load(step, rows, told, receipt(table, choice))
        : target.load(step, rows, told);
  }

  private Receipt receipt(TableMapping table, String choice) {
    Made planned = Objects.requireNonNull(made.get(table.source()));
    return new Receipt(
        planned.definition(),
        choice,
        generated.plain(planned.table()),
        generated.reasons(table.source()));
  }
}

package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.PastImport;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.ChainStatus;
import dev.outgrow.migration.Migrations;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at targets, and imports into them. */
final class Mover {
  static final String OWN_SCHEMA = "public";
  private static final int LONGEST_NAME = 63;

  private final Home home;
  private final WizardSettings settings;

  Mover(Home home, WizardSettings settings) {
    this.home = home;
    this.settings = settings;
  }

  Look look(ChosenFile file, Work work) {
    Look look =
        new Look(
            file,
            SqliteImport.from(file.path())
                .orphans(Choices.FIRST.orphans())
                .onProgress(work)
                .cancelledBy(work.cancellation())
                .inspect());
    if (look.inspection().tables().isEmpty()) {
      throw new Refusal(
          file.name() + " has no tables.",
          "Check that it is the right one: often the program that made it keeps another beside it.");
    }
    return look;
  }

  /** Opens the database and looks what is there; closes it if it cannot be the goal. */
  Goal goal(Look look, Choices choices, Aim aim, String schema, Work work) {
    Database there = aim.isSet() ? open(aim) : home.database();
    try {
      return look.file().own()
          ? ownGoal(there, aim)
          : otherGoal(look, choices, there, aim, schema, work);
    } catch (RuntimeException failure) {
      release(there);
      throw failure;
    }
  }

  private static Database open(Aim aim) {
    return Database.open(DatabaseConfig.builder(aim.required()).minimumPoolSize(1).build());
  }

  /** Closes a database that the application does not run on. */
  void release(Database database) {
    if (database != home.database()) {
      database.close();
    }
  }

  private Goal ownGoal(Database there, Aim aim) {
    Migrations migrations = home.migrations(there);
    List<ChainStatus> states = migrations.check().chains();
    states.stream().filter(s -> !isUsable(s.state())).findFirst().ifPresent(Mover::refuse);
    Holdings all = Holdings.of(there, OWN_SCHEMA);
    Holdings replaced = all.withRows(owned(migrations));
    boolean fresh = states.stream().allMatch(s -> s.state() == ChainState.EMPTY);
    return new Goal(there, aim, OWN_SCHEMA, true, fresh, replaced, 0, Optional.empty());
  }

  private static boolean isUsable(ChainState state) {
    return state == ChainState.EMPTY || state == ChainState.CURRENT || state == ChainState.PENDING;
  }

  private static void refuse(ChainStatus status) {
    throw new Refusal(
        "The application's tables in that database are not as its migrations make them ("
            + status.chain()
            + ": "
            + status.state()
            + ").",
        "Choose a database that is empty, or mend that one: "
            + status.remedy().orElse("outgrow status says how."));
  }

  static Set<String> owned(Migrations migrations) {
    return migrations.chains().stream()
        .map(Chain::ownedTables)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  private Goal otherGoal(
      Look look, Choices choices, Database there, Aim aim, String schema, Work work) {
    if (schema.isBlank() || schema.length() > LONGEST_NAME) {
      throw new Refusal("A schema needs a name.", "Write one of 1 to 63 characters.");
    }
    Holdings held = Holdings.of(there, schema);
    boolean applications =
        home.migrations(there).chains().stream().anyMatch(c -> held.holds(c.historyTable()));
    if (applications) {
      throw new Refusal(
          "Schema " + schema + " holds this application's own tables.", "Name another schema.");
    }
    Goal goal = new Goal(there, aim, schema, false, false, held, 0, Optional.empty());
    ImportPlan plan = carrying(look, choices, goal, work).plan();
    return new Goal(there, aim, schema, false, false, held, 0, Optional.of(plan));
  }

  private SqliteImport carrying(Look look, Choices choices, Goal goal, Work work) {
    SqliteImport begun =
        SqliteImport.from(look.file().path())
            .into(goal.database())
            .schema(goal.schema())
            .replace(!goal.replaced().tables().isEmpty())
            .orphans(choices.orphans())
            .onBadRow(choices.badRows())
            .rejectFolder(settings.rejects())
            .onProgress(work.andThen(settings.listener()))
            .cancelledBy(work.cancellation());
    SqliteImport placed =
        goal.own() ? begun.intoExisting(true) : begun.rules(look.rules(choices.rules()));
    return goal.plan().map(placed::asPlanned).orElse(placed).accept(accepted(choices, goal));
  }

  /** The application's own migrations keep their own record in the target. */
  static Set<Kind> accepted(Choices choices, Goal goal) {
    Set<Kind> kinds = new HashSet<>(choices.accepted());
    if (goal.own()) {
      kinds.add(Kind.HISTORY_TABLE);
    }
    return kinds;
  }

  /**
   * Imports. If it fails, the target is as it was, and so are tables that were made for it.
   *
   * @throws Refusal if the target holds something else than was shown
   */
  ImportReport run(Look look, Choices choices, Goal goal, Work work) {
    requireAsShown(goal);
    if (!goal.own()) {
      return carrying(look, choices, goal, work).run();
    }
    try {
      home.prepare(goal.database());
      return carrying(look, choices, goal, work).run();
    } catch (RuntimeException failure) {
      if (goal.fresh()) {
        unmake(goal, failure);
      }
      throw failure;
    }
  }

  private void requireAsShown(Goal goal) {
    Holdings now = Holdings.of(goal.database(), goal.schema());
    List<String> names =
        goal.own() ? now.withRows(owned(home.migrations(goal.database()))).names() : now.names();
    if (!names.equals(goal.replaced().names())) {
      throw new Refusal(
          "The target holds other tables than the page showed: somebody else has been there since.",
          "Look at it again, and confirm what is there now.");
    }
  }

  /**
   * Takes away the tables that were made for an import that failed, unless there are rows in them.
   */
  private void unmake(Goal goal, RuntimeException failure) {
    try {
      Migrations migrations = home.migrations(goal.database());
      Holdings rows = Holdings.of(goal.database(), OWN_SCHEMA).withRows(owned(migrations));
      if (rows.tables().isEmpty()) {
        migrations.reset(goal.database().url().database());
      }
    } catch (OutgrowException second) {
      failure.addSuppressed(second);
    }
  }

  /** Returns what the latest import into a schema is known by. */
  static String idOf(Goal goal) {
    return Imports.of(goal.database()).list().stream()
        .filter(i -> i.schema().equals(goal.schema()) && i.state() == PastImport.State.SWAPPED)
        .map(PastImport::id)
        .findFirst()
        .orElse("");
  }

  /** Returns the import of the application's own rows again, to be compared with what is there. */
  static SqliteImport comparing(
      Path file, Database there, Choices choices, Set<Kind> accepted, Work work) {
    return SqliteImport.from(file)
        .into(there)
        .schema(OWN_SCHEMA)
        .intoExisting(true)
        .orphans(choices.orphans())
        .onBadRow(choices.badRows())
        .accept(accepted)
        .onProgress(work)
        .cancelledBy(work.cancellation());
  }
}

package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.journal.JournalImport;
import dev.outgrow.importer.journal.JournalTable;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.verify.Checksum;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What of an import is staged and what its journal says, and what others have left behind.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Staged {
  private final ImportSession session;
  private final Staging staging;
  private final Supplier<ImportNames> names;

  Staged(ImportSession session, Staging staging, Supplier<ImportNames> names) {
    this.session = session;
    this.staging = staging;
    this.names = names;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, what);
    }
  }

  /** Says what is to be in the journal as soon as something is staged. */
  public void journalled(JournalImport begun, String plan) {
    staging.journalled(begun, plan);
  }

  /** Returns whether what is staged is in the journal. */
  public boolean isJournalled() {
    return staging.isJournalled();
  }

  /** Returns whether another run could go on with what is loaded. */
  public boolean isWorthKeeping() {
    return staging.isWorthKeeping();
  }

  /** Returns everything that imports have staged in this database, and have not taken away. */
  public List<LeftOver> leftOvers() {
    return doing("Looking for what killed imports have left behind", this::findLeftOvers);
  }

  private List<LeftOver> findLeftOvers() throws SQLException {
    return LeftOvers.find(session.connection(), Journal.find(session.connection()));
  }

  /**
   * Takes left-overs away, but only those that provably belong to nobody any more.
   *
   * @param besides takes away what one has left outside the database, before it is forgotten there
   * @return a sentence for each that was taken away, or may not be
   */
  public List<String> clean(List<LeftOver> leftOvers, Consumer<LeftOver> besides) {
    return doing(
        "Taking away what killed imports have left behind",
        () -> {
          List<String> told = new ArrayList<>();
          for (LeftOver each : leftOvers) {
            told.add(
                LeftOvers.clean(
                    session,
                    Journal.find(session.connection()),
                    each,
                    names.get().target(),
                    besides));
          }
          told.removeIf(String::isEmpty);
          return told;
        });
  }

  /** Returns the tables that an earlier import has loaded. */
  public List<JournalTable> tables(JournalEntry earlier) {
    return doing(
        "Reading the journal",
        () -> {
          Optional<Journal> journal = Journal.find(session.connection());
          return journal.isEmpty() ? List.of() : journal.get().tables(earlier.id());
        });
  }

  void goOn(JournalEntry earlier) {
    doing(
        "Going on with what is staged in schema " + names.get().staging(),
        () -> {
          Journal journal = Journal.find(session.connection()).orElseThrow();
          staging.goOn(names.get(), earlier.begun(), journal);
          return true;
        });
  }

  /**
   * Makes tables in one transaction.
   *
   * @return whether they are made; if not, none is, and each is to be tried alone
   */
  public boolean makeAll(List<Step.Create> steps) {
    return doing(
        "Making " + steps.size() + " tables in schema " + names.get().staging(),
        () -> {
          try {
            session.runTogether(
                steps.stream().map(Step.Create::statement).collect(Collectors.joining(";\n")));
            return true;
          } catch (SQLException e) {
            if (Refusals.isRefusal(e.getSQLState())) {
              return false;
            }
            throw e;
          }
        });
  }

  /** Writes that a table is loaded, which it has turned out to be. */
  public void loaded(TableMapping table, Receipt receipt, Loaded rows) {
    doing(
        "Writing to the journal",
        () -> {
          staging.loaded(table, receipt, rows);
          return true;
        });
  }

  /** Writes what came into a table that was there; in the transaction that brings it there. */
  public void brought(TableMapping table, Loaded rows) {
    doing(
        "Writing to the journal",
        () -> {
          staging.brought(table, rows);
          return true;
        });
  }

  /**
   * Drops a table that is loaded, or half loaded.
   *
   * @param where the schemas of the import
   * @param name its name in the staging schema
   * @param source its name in the source
   */
  public void drop(ImportNames where, String name, String source) {
    doing(
        "Dropping what was staged of table " + source,
        () -> {
          staging.drop(where, name, source);
          return true;
        });
  }

  /** Remembers something for a run that goes on with this one. */
  public void remember(String what) {
    doing(
        "Writing to the journal",
        () -> {
          staging.remember(what);
          return true;
        });
  }

  /** Returns what this run, and those it goes on with, remember and have done behind the rows. */
  public Set<String> remembered() {
    return staging.remembered();
  }

  /**
   * Reads what a view of the staging schema answers, for at most ten seconds.
   *
   * @param view the view, as a table
   * @return what its rows condense to; nothing if that takes longer
   * @throws dev.outgrow.error.OutgrowException if the server cannot answer it
   */
  public Optional<Checksum> answer(TableMapping view) {
    return ViewAnswer.of(session, names.get().staging(), view);
  }

  /** Returns whether the staging schema has a view. */
  public boolean hasView(String name) {
    try {
      return TargetStates.read(session.connection(), names.get().staging())
          .holds()
          .contains(new TargetState.Holding("VIEW", name));
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking for view " + name);
    }
  }

  /** Says why the import failed, for the journal. */
  public void failed(String why) {
    staging.failed(why);
  }

  void leave() {
    doing(
        "Writing to the journal",
        () -> {
          staging.leave();
          return true;
        });
  }
}

package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.internal.flyway.StepObserver;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls listeners in their order, and says which one failed at what. */
final class Listeners {
  private static final String NOTHING_KEPT =
      "See what it says, mend that and migrate again; nothing of the migration was kept.";
  private static final String STAYS =
      "It ran outside of a transaction, so all of it is there: take that back, mend the listener,"
          + " run repair and then migrate.";

  private static final MigrationException.Place NO_CHAIN =
      new MigrationException.Place("of none", null, 0);

  private final List<MigrationListener> all;

  Listeners(List<MigrationListener> all) {
    this.all = all;
  }

  /** One call to a listener. */
  private interface Call {
    void on(MigrationListener listener) throws Exception;
  }

  void beforeRun(Database database) {
    call(
        listener -> listener.beforeRun(database),
        "before the run",
        "See what it says, mend that and migrate again; nothing has run.");
  }

  /** A chain that has failed is what the caller has to hear of first. */
  void afterRun(MigrationResult result) {
    try {
      call(
          listener -> listener.afterRun(result),
          "after the run",
          "What has run stays; see what the listener says and mend that.");
    } catch (MigrationException failure) {
      result.chains().stream()
          .flatMap(chain -> chain.failure().stream())
          .findFirst()
          .orElseThrow(() -> failure)
          .addSuppressed(failure);
    }
  }

  private void call(Call call, String when, String remedy) {
    for (MigrationListener listener : all) {
      try {
        call.on(listener);
      } catch (Exception failure) {
        throw failed(listener, when, NO_CHAIN, remedy, failure);
      }
    }
  }

  /** Returns what tells them of a chain's migrations. */
  StepObserver of(String chain, Database database) {
    return all.isEmpty()
        ? StepObserver.NONE
        : (when, step, connection) ->
            observe(when, step, chain, new MigrationContext(connection, database, false));
  }

  private void observe(
      StepObserver.When when, StepObserver.Running step, String chain, MigrationContext context) {
    boolean before = when == StepObserver.When.BEFORE;
    RunningMigration migration =
        new RunningMigration(
            chain, Optional.ofNullable(step.version()), step.description(), step.script());
    for (MigrationListener listener : all) {
      try {
        if (before) {
          listener.beforeMigration(migration, context);
        } else {
          listener.afterMigration(migration, context);
        }
      } catch (Exception failure) {
        MigrationException.Place place = new MigrationException.Place(chain, step.script(), 0);
        String remedy = before || step.transactional() ? NOTHING_KEPT : STAYS;
        throw failed(listener, (before ? "before " : "after ") + place, place, remedy, failure);
      }
    }
  }

  private static MigrationException failed(
      MigrationListener listener,
      String when,
      MigrationException.Place place,
      String remedy,
      Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    @Nullable String message = failure.getMessage();
    String why = message == null ? failure.getClass().getName() : message;
    return new MigrationException(
        place,
        "The listener "
            + listener.getClass().getName()
            + " failed "
            + when
            + ": "
            + why
            + (why.endsWith(".") ? "" : "."),
        remedy,
        failure instanceof SQLException sql ? sql.getSQLState() : null,
        null,
        failure);
  }
}

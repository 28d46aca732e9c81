package dev.outgrow.migration.internal.flyway;

import java.util.Objects;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.jspecify.annotations.Nullable;

/**
 * The one callback of a run, since Flyway says nothing of the order of several. Whoever observes
 * comes first: nothing is announced if it refuses, and the foreign keys are checked behind it.
 */
final class RunCallback extends BaseCallback {
  private final StepObserver observer;
  private final Announcements announcements;
  private final @Nullable Callback guard;

  RunCallback(StepObserver observer, Announcements announcements, @Nullable Callback guard) {
    this.observer = observer;
    this.announcements = announcements;
    this.guard = guard;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_MIGRATE
        || event == Event.BEFORE_EACH_MIGRATE
        || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.BEFORE_MIGRATE) {
      announcements.takeBack(context.getConnection());
    } else if (event == Event.BEFORE_EACH_MIGRATE) {
      observe(StepObserver.When.BEFORE, context);
      if (!isTransactional(context)) {
        announcements.announce(context);
      }
    } else if (event == Event.AFTER_EACH_MIGRATE) {
      observe(StepObserver.When.AFTER, context);
    }
    if (guard != null && guard.supports(event, context)) {
      guard.handle(event, context);
    }
  }

  /** The connection does not say: on SQLite Flyway begins a transaction and ends it again. */
  static boolean isTransactional(Context context) {
    return !(context.getMigrationInfo() instanceof MigrationInfoImpl migration)
        || migration.getResolvedMigration().getExecutor().canExecuteInTransaction();
  }

  private void observe(StepObserver.When when, Context context) {
    MigrationInfo migration = context.getMigrationInfo();
    observer.observe(
        when,
        new StepObserver.Running(
            Objects.toString(migration.getVersion(), null),
            migration.getDescription(),
            migration.getScript(),
            isTransactional(context)),
        context.getConnection());
  }
}

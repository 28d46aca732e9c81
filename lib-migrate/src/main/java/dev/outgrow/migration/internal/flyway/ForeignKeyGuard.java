package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.SqlFailures;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Looks after foreign keys on SQLite, which are off while a migration runs: one that leaves more
 * orphans than it found is refused before it is committed.
 */
final class ForeignKeyGuard extends BaseCallback {
  private final OrphanGuard orphans;

  ForeignKeyGuard(String chain) {
    this.orphans = new OrphanGuard(chain);
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (event == Event.AFTER_EACH_MIGRATE) {
        orphans.refuseMore(
            context.getConnection(),
            context.getMigrationInfo().getScript(),
            RunCallback.isTransactional(context));
      } else {
        orphans.look(context.getConnection());
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Checking the foreign keys");
    }
  }
}

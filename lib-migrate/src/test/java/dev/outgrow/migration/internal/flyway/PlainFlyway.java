package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Database;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Flyway alone, as somebody has it who does not know this library. */
public final class PlainFlyway {
  private PlainFlyway() {}

  /**
   * Has it compare a history with its scripts, and fails if they differ or something is pending.
   */
  public static void validate(
      Database database, String location, String table, Map<String, String> placeholders) {
    Flyway flyway =
        Flyway.configure()
            .loggers()
            .dataSource(new OwnConnections(database))
            .locations(location)
            .table(table)
            .placeholders(placeholders)
            .load();
    flyway.validate();
    if (flyway.info().pending().length > 0) {
      throw new AssertionError(flyway.info().pending().length + " pending");
    }
  }
}

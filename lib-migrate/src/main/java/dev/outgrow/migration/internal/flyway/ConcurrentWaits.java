package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.SqlFailures;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Takes the limit off waits for locks while something is done {@code CONCURRENTLY}: it waits for
 * every transaction that began before it, nobody waits behind it, and ending it leaves an index
 * that is not valid.
 */
final class ConcurrentWaits extends BaseCallback {
  private static final Pattern CONCURRENTLY =
      Pattern.compile(
          "(?is)^(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*"
              + "(?:create\\s+(?:unique\\s+)?index|drop\\s+index|reindex\\s[^;]*?)\\s+concurrently\\b.*");

  private final Duration lockTimeout;

  ConcurrentWaits(Duration lockTimeout) {
    this.lockTimeout = lockTimeout;
  }

  @Override
  public boolean supports(Event event, Context context) {
    boolean statement =
        event == Event.BEFORE_EACH_MIGRATE_STATEMENT || event == Event.AFTER_EACH_MIGRATE_STATEMENT;
    return statement
        && context.getStatement() != null
        && CONCURRENTLY.matcher(context.getStatement().getSql()).matches();
  }

  @Override
  public void handle(Event event, Context context) {
    long limit = event == Event.BEFORE_EACH_MIGRATE_STATEMENT ? 0 : lockTimeout.toMillis();
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute("SET lock_timeout = " + limit);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Setting the time-out of locks");
    }
  }
}

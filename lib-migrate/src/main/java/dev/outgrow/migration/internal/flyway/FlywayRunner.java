package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.migration.script.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Runs one chain with Flyway. Whoever calls holds the lock and has compared the history with the
 * scripts: Flyway's own comparison, its log and what it reads of the environment are off.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class FlywayRunner {
  private static final String BASE = "0";
  private static final String BASE_DESCRIPTION = "before the first migration";

  private static final Pattern CONCURRENTLY = Pattern.compile("(?i)concurrently");

  private final Database database;
  private final FlywayChain chain;
  private final StepObserver observer;
  private final Duration lockTimeout;

  /** Prepares a run whose statements wait for locks as its session is set; nothing is done yet. */
  public FlywayRunner(Database database, FlywayChain chain) {
    this(database, chain, StepObserver.NONE, Duration.ZERO);
  }

  /**
   * Prepares a run that somebody observes.
   *
   * @param lockTimeout how long a statement on PostgreSQL waits for a lock; 0 as its session is set
   */
  public FlywayRunner(
      Database database, FlywayChain chain, StepObserver observer, Duration lockTimeout) {
    this.database = database;
    this.chain = chain;
    this.observer = observer;
    this.lockTimeout = lockTimeout;
  }

  /**
   * Makes the history table, with a row for the version 0: others' tables are in this schema, and
   * Flyway would not begin beside them without. The table must not be there yet.
   */
  public void begin() {
    run(Flyway::baseline, configuration());
  }

  /**
   * Runs what is pending.
   *
   * @param last the last version to run, or null for all
   * @param outOfOrder whether versions below those that have run are run as well
   * @throws dev.outgrow.error.MigrationException if one fails
   */
  public void migrate(@Nullable Version last, boolean outOfOrder) {
    FluentConfiguration configuration = configuration().outOfOrder(outOfOrder);
    if (last != null) {
      configuration.target(last.toString());
    }
    Announcements announcements = new Announcements(database, chain.table());
    List<Callback> callbacks = new ArrayList<>();
    if (database.backend() == Backend.SQLITE) {
      callbacks.add(new RunCallback(observer, announcements, new ForeignKeyGuard(chain.name())));
    } else {
      callbacks.add(new RunCallback(observer, announcements, null));
      if (!lockTimeout.isZero()) {
        callbacks.add(new ConcurrentWaits(lockTimeout));
      }
    }
    run(Flyway::migrate, configuration.callbacks(callbacks.toArray(Callback[]::new)));
    announcements.takeBackOwn();
  }

  /**
   * Writes the rows of what would run, and runs nothing. It is all of them or none, unless one of
   * the scripts would run outside of a transaction: then an end in the middle leaves the first
   * ones, and the next call goes on.
   */
  public void markAsRun(@Nullable Version last) {
    FluentConfiguration configuration =
        configuration().skipExecutingMigrations(true).group(true).mixed(true);
    if (last != null) {
      configuration.target(last.toString());
    }
    run(Flyway::migrate, configuration);
  }

  /**
   * Brings the history into agreement with the scripts: rows of failed and unfinished migrations
   * go, changed scripts are taken as they are, rows of scripts that are gone are marked so.
   */
  public void repair() {
    run(Flyway::repair, configuration());
    Announcements.forget(database, chain.table());
  }

  private void run(Consumer<Flyway> command, FluentConfiguration configuration) {
    try {
      command.accept(configuration.load());
    } catch (FlywayException failure) {
      throw new FlywayFailures(database, chain).translate(failure);
    }
  }

  FluentConfiguration configuration() {
    FluentConfiguration configuration =
        new FluentConfiguration(FlywayRunner.class.getClassLoader())
            .loggers()
            .dataSource(new OwnConnections(database, lockTimeout))
            .table(chain.table())
            .locations(new String[0])
            .callbackLocations(new String[0])
            .resourceProvider(new ScriptProvider(chain.scripts()))
            .javaMigrations(
                chain.steps().stream().map(CodeMigration::new).toArray(JavaMigration[]::new))
            .placeholderReplacement(!chain.placeholders().isEmpty())
            .placeholders(chain.placeholders())
            .validateOnMigrate(false)
            .cleanDisabled(true)
            .baselineVersion(BASE)
            .baselineDescription(BASE_DESCRIPTION);
    if (database.backend() == Backend.SQLITE) {
      return configuration;
    }
    if (waitsForTransactions()) {
      // Flyway's own lock is held in a transaction, for whose end this would wait. Without one it
      // is taken for each migration anew, which takes longer.
      configuration
          .getPluginRegister()
          .getExact(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false);
    }
    return configuration;
  }

  /** Whether something may run that waits for all transactions, as {@code CONCURRENTLY} does. */
  private boolean waitsForTransactions() {
    return chain.scripts().stream()
            .anyMatch(
                script -> script.settings() != null || CONCURRENTLY.matcher(script.text()).find())
        || !chain.placeholders().isEmpty()
        || chain.steps().stream().anyMatch(step -> !step.transactional());
  }
}

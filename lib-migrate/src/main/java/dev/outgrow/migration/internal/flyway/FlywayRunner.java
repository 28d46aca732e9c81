package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.migration.script.Version;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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

  private final Database database;
  private final FlywayChain chain;

  /** Prepares a run; nothing is done yet. */
  public FlywayRunner(Database database, FlywayChain chain) {
    this.database = database;
    this.chain = chain;
  }

  /**
   * Makes the history table, with a row for the version 0: others' tables are in this schema, and
   * Flyway would not begin beside them without. Where the table is there already, nothing happens.
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
    run(Flyway::migrate, configuration);
  }

  /** Writes the rows of what would run, all or none of them, and runs nothing. */
  public void markAsRun(@Nullable Version last) {
    FluentConfiguration configuration = configuration().skipExecutingMigrations(true).group(true);
    if (last != null) {
      configuration.target(last.toString());
    }
    run(Flyway::migrate, configuration);
  }

  /**
   * Brings the history into agreement with the scripts: rows of failed migrations go, changed
   * scripts are taken as they are, rows of scripts that are gone are marked so.
   */
  public void repair() {
    run(Flyway::repair, configuration());
  }

  private void run(Consumer<Flyway> command, FluentConfiguration configuration) {
    try {
      command.accept(configuration.load());
    } catch (FlywayException failure) {
      throw FlywayFailures.translate(failure, chain.name());
    }
  }

  FluentConfiguration configuration() {
    FluentConfiguration configuration =
        new FluentConfiguration(FlywayRunner.class.getClassLoader())
            .loggers()
            .dataSource(new OwnConnections(database))
            .table(chain.table())
            .locations(new String[0])
            .callbackLocations(new String[0])
            .resourceProvider(new ScriptProvider(chain.scripts()))
            .javaMigrations(
                chain.steps().stream().map(CodeMigration::new).toArray(JavaMigration[]::new))
            .placeholderReplacement(false)
            .validateOnMigrate(false)
            .cleanDisabled(true)
            .baselineVersion(BASE)
            .baselineDescription(BASE_DESCRIPTION);
    if (database.backend() == Backend.SQLITE) {
      return configuration.callbacks(new ForeignKeyGuard(chain.name()));
    }
    // Its own lock would be held in a transaction, which CREATE INDEX CONCURRENTLY waits for.
    configuration
        .getPluginRegister()
        .getExact(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }
}

package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.Health;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.internal.flyway.FlywayRunner;
import dev.outgrow.migration.script.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migrations of a database: the chain of the application's core and those of its plugins. The
 * front door of this package.
 *
 * <pre>{@code
 * Migrations migrations = Migrations.of(db).chain(core).chain(clips);
 * migrations.start(StartPolicy.INITIALISE_EMPTY); // at every start
 * migrations.migrate(); // the command
 * }</pre>
 *
 * <p>{@link #check} looks: one query for all chains, Flyway is not started and nothing is written.
 * Whatever changes something holds the {@link ChangeLock} for the whole run, for which it waits 10
 * minutes; so of two instances that start together, one migrates and the other waits and finds it
 * done. Flyway runs the scripts, on connections beside the pool, and keeps each chain's history in
 * a table of its own form; what it logs is left out, and each run logs one line instead.
 *
 * <p>The scripts are the application's own SQL and run as they are: without placeholders.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRAM = "outgrow";

  private final Database database;
  private final List<Chain> chains;
  private final Settings settings;

  /** What is the same for all chains. */
  private record Settings(
      DatabaseSetup setup, Duration patience, boolean outOfOrder, Commands commands) {}

  private Migrations(Database database, List<Chain> chains, Settings settings) {
    this.database = database;
    this.chains = ChainOrder.of(chains);
    this.settings = settings;
  }

  /** Begins with no chain. */
  public static Migrations of(Database database) {
    return new Migrations(
        database,
        List.of(),
        new Settings(DatabaseSetup.of(), PATIENCE, false, new Commands(PROGRAM)));
  }

  /**
   * Adds a chain. Chains migrate behind those they require, otherwise in the order they are added.
   *
   * @throws ConfigurationException if it has its name, history table, a location or an owned table
   *     in common with another, or they require each other in a circle
   */
  public Migrations chain(Chain chain) {
    return new Migrations(
        database, Stream.concat(chains.stream(), Stream.of(chain)).toList(), settings);
  }

  /** Runs this set-up before the first migration of every run, under the same lock. */
  public Migrations setup(DatabaseSetup setup) {
    return with(new Settings(setup, settings.patience, settings.outOfOrder, settings.commands));
  }

  /** Waits this long for another instance that is migrating: 0 to 1 day; 10 minutes by default. */
  public Migrations patience(Duration patience) {
    return with(new Settings(settings.setup, patience, settings.outOfOrder, settings.commands));
  }

  /** Runs versions below those that have run as well; by default they are refused. */
  public Migrations outOfOrder(boolean allowed) {
    return with(new Settings(settings.setup, settings.patience, allowed, settings.commands));
  }

  /** Names the program in the commands that remedies speak of; {@code outgrow} by default. */
  public Migrations program(String program) {
    return with(
        new Settings(
            settings.setup, settings.patience, settings.outOfOrder, new Commands(program)));
  }

  private Migrations with(Settings other) {
    return new Migrations(database, chains, other);
  }

  /** Returns the chains, in the order in which they migrate. */
  public List<Chain> chains() {
    return chains;
  }

  /**
   * Looks how all chains are. Nothing is written, and nothing is waited for.
   *
   * @throws ConfigurationException if scripts cannot be read
   * @throws OutgrowException if the database cannot be asked
   */
  public MigrationStatus check() {
    return check(read());
  }

  private MigrationStatus check(List<ChainScripts> scripts) {
    Snapshot snapshot =
        new HistoryReader(database).read(chains.stream().map(Chain::historyTable).toList());
    boolean sqlite = database.backend() == Backend.SQLITE;
    return new Inspection(scripts, settings.commands, settings.outOfOrder, snapshot, sqlite)
        .status();
  }

  private List<ChainScripts> read() {
    return chains.stream().map(chain -> ChainScripts.read(chain, database.backend())).toList();
  }

  /**
   * The gate that an application passes at every start: returns if every chain is current, or has
   * been made so within the policy.
   *
   * @return how the chains are now
   * @throws SchemaNotReadyException if a chain is not current and the policy does not let it be
   *     migrated: nothing was changed
   * @throws dev.outgrow.error.MigrationException if a migration fails
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public MigrationStatus start(StartPolicy policy) {
    List<ChainScripts> scripts = read();
    if (policy == StartPolicy.CHECK_ONLY) {
      MigrationStatus status = check(scripts);
      refuse(status, chain -> chain.state() != ChainState.CURRENT);
      return status;
    }
    boolean setUp = !settings.setup.statements().isEmpty();
    MigrationStatus status = check(scripts);
    if (status.isCurrent() && !setUp) {
      return status;
    }
    long begin = System.nanoTime();
    try (ChangeLock lock = ChangeLock.take(database, settings.patience)) {
      // Another instance may have been in the middle of it: what counts is how it is now.
      status = check(scripts);
      refuse(
          status,
          chain ->
              !chain.state().canMigrate()
                  || (chain.state() == ChainState.PENDING && policy != StartPolicy.MIGRATE));
      return migrate(lock, scripts, scripts, begin);
    }
  }

  private MigrationStatus migrate(
      ChangeLock lock, List<ChainScripts> all, List<ChainScripts> chosen, long begin) {
    throwFirst(run(lock, all, chosen, MigrateTo.end(), true, begin));
    return check(all);
  }

  private static void refuse(MigrationStatus status, Predicate<ChainStatus> refused) {
    List<ChainStatus> chains = status.chains().stream().filter(refused).toList();
    if (!chains.isEmpty()) {
      throw new SchemaNotReadyException(status, chains);
    }
  }

  private static MigrationResult throwFirst(MigrationResult result) {
    result.chains().stream()
        .flatMap(chain -> chain.failure().stream())
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return result;
  }

  private MigrationResult run(
      ChangeLock lock,
      List<ChainScripts> all,
      List<ChainScripts> chosen,
      MigrateTo to,
      boolean stopAtFailure,
      long begin) {
    settings.setup.runWithin(lock, database);
    MigrationRun run = new MigrationRun(database, settings.outOfOrder, () -> check(all));
    for (ChainScripts scripts : chosen) {
      if (run.migrate(scripts, to).failure().isPresent() && stopAtFailure) {
        break;
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    MigrationResult result = new MigrationResult(run.results(), took);
    LOG.info("Migrations of {}: {}", database.url(), result.text());
    return result;
  }

  /**
   * Migrates every chain to its end. The first that fails ends the run; those before it are kept.
   *
   * @throws SchemaNotReadyException if one of the chains cannot be migrated as it is: then none is
   * @throws dev.outgrow.error.MigrationException if a migration fails
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public MigrationResult migrate() {
    List<ChainScripts> scripts = read();
    return migrate(scripts, scripts, MigrateTo.end());
  }

  /**
   * Migrates one chain; fails as {@link #migrate()} does.
   *
   * @throws ConfigurationException if there is no such chain, or it has no such version
   */
  public MigrationResult migrate(String chain, MigrateTo to) {
    List<ChainScripts> scripts = read();
    return migrate(scripts, List.of(find(scripts, chain)), to);
  }

  private MigrationResult migrate(List<ChainScripts> all, List<ChainScripts> chosen, MigrateTo to) {
    long begin = System.nanoTime();
    try (ChangeLock lock = ChangeLock.take(database, settings.patience)) {
      List<String> names = chosen.stream().map(scripts -> scripts.chain().name()).toList();
      refuse(check(all), chain -> names.contains(chain.chain()) && !chain.state().canMigrate());
      return throwFirst(run(lock, all, chosen, to, true, begin));
    }
  }

  /**
   * Migrates every chain to its end, each by itself: one that fails, cannot be migrated or whose
   * scripts cannot be read is named in the result and keeps back those that require it, and no
   * other. Nothing is thrown for it.
   *
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public MigrationResult migrateAll() {
    List<ChainScripts> scripts = new ArrayList<>();
    List<ChainResult> unreadable = new ArrayList<>();
    for (Chain chain : chains) {
      try {
        scripts.add(ChainScripts.read(chain, database.backend()));
      } catch (ConfigurationException failure) {
        unreadable.add(ChainResult.unreadable(chain.name(), failure));
      }
    }
    long begin = System.nanoTime();
    try (ChangeLock lock = ChangeLock.take(database, settings.patience)) {
      MigrationResult result = run(lock, scripts, scripts, MigrateTo.end(), false, begin);
      return new MigrationResult(
          Stream.concat(result.chains().stream(), unreadable.stream()).toList(), result.took());
    }
  }

  /**
   * Checks that what has run is what the scripts say; what is still to run does not matter.
   *
   * @throws SchemaNotReadyException if it is not
   */
  public MigrationStatus validate() {
    MigrationStatus status = check();
    refuse(status, chain -> !chain.state().canMigrate());
    return status;
  }

  /**
   * Returns what has happened to a chain, in order; nothing if it has not begun.
   *
   * @throws ConfigurationException if there is no such chain
   */
  public List<AppliedMigration> history(String chain) {
    String table =
        chains.stream()
            .filter(other -> other.name().equals(chain))
            .findFirst()
            .orElseThrow(() -> Chain.unknown(chain, chains.stream().map(Chain::name).toList()))
            .historyTable();
    return new HistoryReader(database)
        .read(List.of(table)).histories().getOrDefault(table, new ArrayList<>()).stream()
            .map(AppliedMigration::of)
            .toList();
  }

  /**
   * Brings a chain's history into agreement with its scripts; the schema itself stays as it is. The
   * rows of failed migrations go, changed scripts are taken as they are now, and those that are
   * gone are marked as taken back.
   *
   * @return how the chain is now
   * @throws SchemaNotReadyException if the schema is ahead of the scripts, whose rows would be
   *     marked as well, or there is no history: nothing was changed
   */
  public ChainStatus repair(String chain) {
    List<ChainScripts> scripts = read();
    ChainScripts chosen = find(scripts, chain);
    ChangeLock held = ChangeLock.take(database, settings.patience);
    try (held) {
      refuse(check(scripts), other -> other.chain().equals(chain) && !canRepair(other.state()));
      new FlywayRunner(database, chosen.forFlyway(database, true)).repair();
      ChainStatus repaired = check(scripts).chain(chain);
      LOG.info("Repaired the history of chain {}: {}", chain, repaired.state());
      return repaired;
    }
  }

  /**
   * Gives a chain its history where its schema came from elsewhere: the chain is made in a scratch
   * database up to this version, and where its tables and views are the same here, the scripts up
   * to there are marked as run. Nothing else is changed. Rows, functions and triggers are not
   * compared.
   *
   * @param version the version that the schema is at
   * @param scratch an empty database of the same backend, which is left as the chain makes it
   * @return how the chain is now
   * @throws ConfigurationException if there is no such chain or version, or the scratch database is
   *     not empty
   * @throws dev.outgrow.error.MigrationException if the schema differs, with what differs
   * @throws SchemaNotReadyException if the chain has a history that something is wrong with
   */
  public ChainStatus adopt(String chain, String version, Database scratch) {
    List<ChainScripts> scripts = read();
    ChainScripts chosen = find(scripts, chain);
    MigrateTo to = MigrateTo.version(version);
    Version last = to.last(chosen, List.of());
    ChangeLock held = ChangeLock.take(database, settings.patience);
    try (held) {
      refuse(check(scripts), other -> other.chain().equals(chain) && !canAdopt(other.state()));
      new Adoption(database, new Migrations(scratch, chains, settings), scratch)
          .compare(chosen.chain(), to);
      new FlywayRunner(database, chosen.forFlyway(database, last == null)).markAsRun(last);
      ChainStatus adopted = check(scripts).chain(chain);
      LOG.info("Adopted chain {} at version {}", chain, version);
      return adopted;
    }
  }

  private static boolean canAdopt(ChainState state) {
    return state == ChainState.UNKNOWN_TABLES || state.canMigrate();
  }

  private static boolean canRepair(ChainState state) {
    return state != ChainState.AHEAD
        && state != ChainState.UNKNOWN_TABLES
        && state != ChainState.EMPTY;
  }

  private static ChainScripts find(List<ChainScripts> scripts, String chain) {
    return scripts.stream()
        .filter(other -> other.chain().name().equals(chain))
        .findFirst()
        .orElseThrow(
            () ->
                Chain.unknown(chain, scripts.stream().map(other -> other.chain().name()).toList()));
  }

  /**
   * Returns how the chains are for {@link Database#health()}: {@code
   * db.addHealthProbe("migrations", migrations::health)}.
   */
  public Health.Detail health() {
    MigrationStatus status = check();
    String text =
        String.join(
            ", ",
            status.chains().stream().map(chain -> chain.chain() + " " + chain.state()).toList());
    return new Health.Detail(status.isCurrent(), text);
  }
}

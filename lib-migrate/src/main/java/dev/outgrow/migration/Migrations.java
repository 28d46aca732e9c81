package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.Health;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.authoring.NewMigration;
import dev.outgrow.migration.authoring.SchemaChange;
import dev.outgrow.migration.script.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
  private final ChainSet set;

  private Migrations(ChainSet set) {
    this.set = set;
  }

  /** Begins with no chain. */
  public static Migrations of(Database database) {
    return new Migrations(new ChainSet(database, List.of(), MigrationSettings.ofDefaults()));
  }

  /**
   * Adds a chain. Chains migrate behind those they require, otherwise in the order they are added.
   *
   * @throws ConfigurationException if it has its name, history table, a location or an owned table
   *     in common with another, or they require each other in a circle
   */
  public Migrations chain(Chain chain) {
    List<Chain> all = Stream.concat(set.chains().stream(), Stream.of(chain)).toList();
    return new Migrations(new ChainSet(set.database(), ChainOrder.of(all), set.settings()));
  }

  /** Runs this set-up before the first migration of every run, under the same lock. */
  public Migrations setup(DatabaseSetup setup) {
    return with(set.settings().setup(setup));
  }

  /** Waits this long for another instance that is migrating: 0 to 1 day; 10 minutes by default. */
  public Migrations patience(Duration patience) {
    return with(set.settings().patience(patience));
  }

  /** Runs versions below those that have run as well; by default they are refused. */
  public Migrations outOfOrder(boolean allowed) {
    return with(set.settings().outOfOrder(allowed));
  }

  /** Names the program in the commands that remedies speak of; {@code outgrow} by default. */
  public Migrations program(String program) {
    return with(set.settings().program(program));
  }

  private Migrations with(MigrationSettings settings) {
    return new Migrations(new ChainSet(set.database(), set.chains(), settings));
  }

  /** Returns the chains, in the order in which they migrate. */
  public List<Chain> chains() {
    return set.chains();
  }

  /**
   * Looks how all chains are. Nothing is written, and nothing is waited for.
   *
   * @throws ConfigurationException if scripts cannot be read
   * @throws OutgrowException if the database cannot be asked
   */
  public MigrationStatus check() {
    return set.check(set.read());
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
    return new Migrating(set).start(policy);
  }

  /**
   * Migrates every chain to its end. The first that fails ends the run; those before it are kept.
   *
   * @throws SchemaNotReadyException if one of the chains cannot be migrated as it is: then none is
   * @throws dev.outgrow.error.MigrationException if a migration fails
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public MigrationResult migrate() {
    return new Migrating(set).all();
  }

  /**
   * Migrates one chain; fails as {@link #migrate()} does.
   *
   * @throws ConfigurationException if there is no such chain, or it has no such version
   */
  public MigrationResult migrate(String chain, MigrateTo to) {
    return new Migrating(set).one(chain, to);
  }

  /**
   * Migrates every chain to its end, each by itself: one that fails, cannot be migrated or whose
   * scripts cannot be read is named in the result and keeps back those that require it, and no
   * other. Nothing is thrown for it.
   *
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public MigrationResult migrateAll() {
    return new Migrating(set).eachByItself();
  }

  /**
   * Writes what {@link #migrate()} would run as SQL, from where the database is. The database is
   * read, and nothing is executed in it.
   *
   * @throws SchemaNotReadyException if one of the chains cannot be migrated as it is
   * @throws dev.outgrow.error.MigrationException if one that would run is written in Java, or a
   *     required chain is not there
   */
  public MigrationScript script() {
    return Scripting.of(set).all();
  }

  /**
   * Writes what {@link #migrate(String, MigrateTo)} would run as SQL; fails as {@link #script()}
   * does.
   *
   * @throws ConfigurationException if there is no such chain, or it has no such version
   */
  public MigrationScript script(String chain, MigrateTo to) {
    return Scripting.of(set).one(set.find(chain), to);
  }

  /**
   * Writes what these chains would run in an empty database as SQL; fails as {@link #script()}
   * does. No database is needed.
   */
  public static MigrationScript scriptFromNothing(Backend backend, Chain... chains) {
    return Scripting.fromNothing(backend, List.of(chains)).all();
  }

  /**
   * Begins a new migration of a chain, above the last of its versions that this backend has, in
   * scripts or in Java.
   *
   * @param folder where its scripts lie in the file system, such as {@code
   *     src/main/resources/db/core}
   * @throws ConfigurationException if there is no such chain, or its scripts cannot be read
   */
  public NewMigration newMigration(String chain, Path folder) {
    Version last = set.find(set.read(), chain).last();
    NewMigration begun = NewMigration.in(folder);
    return last == null ? begun : begun.above(last.toString());
  }

  /**
   * Writes what makes this database's part of a chain into a wanted schema, for review. Tables of
   * other chains and all history tables are left out, and where the chain names its tables, those
   * that are neither its own nor wanted. The database is only read.
   *
   * @param wanted SQL of this backend that makes the chain's wanted schema behind the chains that
   *     it requires
   * @param scratch an empty database of the same backend; the required chains are made in it, then
   *     what is wanted
   * @throws ConfigurationException if there is no such chain, or the scratch database is not empty
   * @throws OutgrowException if what is wanted cannot be made
   */
  public SchemaChange changeTo(String chain, String wanted, Database scratch) {
    return new Differing(set, chain, scratch).ofLive(wanted);
  }

  /**
   * Writes what makes the schema at the end of a chain's scripts into a wanted one, as {@link
   * #changeTo} does of the database. This database is not asked.
   *
   * @param second another empty database, in which the chain is made
   */
  public SchemaChange changeOfScriptsTo(
      String chain, String wanted, Database scratch, Database second) {
    return new Differing(set, chain, scratch).ofScripts(wanted, second);
  }

  /**
   * Checks that what has run is what the scripts say; what is still to run does not matter.
   *
   * @throws SchemaNotReadyException if it is not
   */
  public MigrationStatus validate() {
    MigrationStatus status = check();
    ChainSet.refuse(status, chain -> !chain.state().canMigrate());
    return status;
  }

  /**
   * Returns what has happened to a chain, in order; nothing if it has not begun.
   *
   * @throws ConfigurationException if there is no such chain
   */
  public List<AppliedMigration> history(String chain) {
    String table = set.find(chain).historyTable();
    return new HistoryReader(set.database())
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
    return new Mending(set).repair(chain);
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
    return new Mending(set).adopt(chain, version, scratch);
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

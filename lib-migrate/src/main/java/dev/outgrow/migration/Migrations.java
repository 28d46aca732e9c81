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
import dev.outgrow.migration.drift.Drift;
import dev.outgrow.migration.ownership.OwnershipPolicy;
import dev.outgrow.migration.ownership.OwnershipResult;
import dev.outgrow.migration.safety.Preflight;
import dev.outgrow.migration.safety.Safety;
import dev.outgrow.migration.script.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
 * <p>Scripts are looked at before they run: what cannot succeed on the rows that are there is
 * refused, what locks or breaks a running application is warned of ({@link #safety}, {@link
 * #preflight}). On PostgreSQL their statements wait 5 seconds for a lock, and a script that gets
 * none is tried again 5 times ({@link #lockTimeout}, {@link #lockRetries}).
 *
 * <p>The scripts are the application's own SQL and run as they are, unless their chain has {@link
 * Chain.Builder#placeholder placeholders}.
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
    return with(d -> d.setup = setup);
  }

  /** Waits this long for another instance that is migrating: 0 to 1 day; 10 minutes by default. */
  public Migrations patience(Duration patience) {
    return with(d -> d.patience = patience);
  }

  /** Runs versions below those that have run as well; by default they are refused. */
  public Migrations outOfOrder(boolean allowed) {
    return with(d -> d.outOfOrder = allowed);
  }

  /** Names the program in the commands that remedies speak of; {@code outgrow} by default. */
  public Migrations program(String program) {
    return with(d -> d.commands = new Commands(program));
  }

  /** Tells a listener of every run and every migration, behind those that were added before. */
  public Migrations listener(MigrationListener listener) {
    return with(d -> d.add(listener));
  }

  /** Says how strictly scripts are looked at before they run; {@link Safety#warn} by default. */
  public Migrations safety(Safety safety) {
    return with(d -> d.safety = safety);
  }

  /**
   * Ends a statement of a script that waits this long for a lock on PostgreSQL: 10 ms to 1 hour, or
   * 0 for what the connection itself is set to; 5 seconds by default, since whatever uses the table
   * waits behind it. {@code CONCURRENTLY} has none, as nobody waits for it.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public Migrations lockTimeout(Duration timeout) {
    return with(d -> d.locks = d.locks.timeout(timeout));
  }

  /**
   * Tries a script that got no lock in time again, so often: 0 to 100 times; 5 by default. Only one
   * that is a transaction is, and a migration in Java never. The pause before is a fifth of the
   * lock time-out, then twice the one before.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public Migrations lockRetries(int retries) {
    return with(d -> d.locks = d.locks.retries(retries));
  }

  /**
   * Takes scratch databases from here, for {@link #adopt(String, String)}, {@link #drift()}, {@link
   * #changeTo(String, String)}, {@link #checkOwnership()} and the guarding of owned tables. Each
   * call has to return an open and empty database of the same backend, which is closed after its
   * use and not dropped. By default one is made beside the database and deleted afterwards, which
   * on PostgreSQL takes a user who may create databases: see {@link
   * dev.outgrow.database.scratch.ScratchDatabase}.
   */
  public Migrations scratch(Supplier<Database> source) {
    return with(d -> d.scratch = source);
  }

  /**
   * Says what becomes of a script that changes a table outside its own chain; {@link
   * OwnershipPolicy#WHERE_POSSIBLE} by default. It matters only where a chain says which tables it
   * {@linkplain Chain.Builder#owns owns}, and then each run that has something to run tries it in a
   * scratch database first. A script that fails there ends the run before it has begun.
   */
  public Migrations ownership(OwnershipPolicy policy) {
    return with(d -> d.ownership = policy);
  }

  /**
   * Keeps this many copies of a SQLite file: 0 to 1000, 3 by default; 0 makes none. One is made
   * before scripts run that drop a table or a column, or a migration in Java, in a file that holds
   * tables already, and before every {@link #undo}, {@link #uninstall} and {@link #reset}. It lies
   * beside the file, {@code app.db.before-migrate-core-12-20261121T093000123Z}, and needs as much
   * room; where there is none, nothing is begun. Once it is whole, the oldest beyond the number are
   * deleted. On PostgreSQL none is made.
   */
  public Migrations backups(int kept) {
    return with(d -> d.backups = kept);
  }

  private Migrations with(Consumer<MigrationSettings.Draft> change) {
    return new Migrations(new ChainSet(set.database(), set.chains(), set.settings().with(change)));
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
   * Looks at what {@link #migrate()} would run: what locks out or breaks a running application,
   * with the safe way, and the rows that new constraints would not accept, counted and with
   * examples. Nothing is written. Tables that these scripts make themselves are left out.
   *
   * @throws SchemaNotReadyException if one of the chains cannot be migrated as it is
   * @throws OutgrowException if the database cannot be asked
   */
  public Preflight preflight() {
    return Examining.of(set);
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
   * Does as {@link #changeTo(String, String, Database)}, in a database that {@link #scratch} gives,
   * or one made beside this.
   *
   * @throws dev.outgrow.error.AccessException if the user may not make a scratch database
   */
  public SchemaChange changeTo(String chain, String wanted) {
    return new Differing(set, chain, null).ofLive(wanted);
  }

  /**
   * Writes what makes the schema at the end of a chain's scripts into a wanted one, as {@link
   * #changeTo(String, String, Database)} does of the database. This database is not asked.
   *
   * @param second another empty database, in which the chain is made
   */
  public SchemaChange changeOfScriptsTo(
      String chain, String wanted, Database scratch, Database second) {
    return new Differing(set, chain, scratch).ofScripts(wanted, second);
  }

  /**
   * Does as {@link #changeOfScriptsTo(String, String, Database, Database)}, in databases that
   * {@link #scratch} gives, one after the other, or that are made beside this.
   *
   * @throws dev.outgrow.error.AccessException if the user may not make a scratch database
   */
  public SchemaChange changeOfScriptsTo(String chain, String wanted) {
    return new Differing(set, chain, null).ofScripts(wanted, null);
  }

  /**
   * Takes one chain back, by its undo scripts ({@code U12__add_albums.sql}) and the {@link
   * JavaMigration#undo} of its migrations in Java: what has run last first, all of it in one
   * transaction. The history keeps its rows and gets one of the type {@code DELETE} for each
   * version, which Flyway reads as well. Repeatable scripts are not taken back; those that have run
   * count as still to run, so that the next migration to the end makes again what an undo script
   * has dropped.
   *
   * @throws ConfigurationException if there is no such chain, or it has no such version
   * @throws SchemaNotReadyException if the chain is not as its scripts say, so that it is not known
   *     what to take back: nothing was changed
   * @throws dev.outgrow.error.MigrationException if something has no undo script or one that cannot
   *     run within a transaction, or another chain that has run requires a version that would go:
   *     nothing was changed; or if a statement fails: all is rolled back
   * @throws dev.outgrow.error.SourceFileException if a SQLite file cannot be copied before
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public UndoResult undo(String chain, UndoTo to) {
    return new Undoing(set).undo(chain, to);
  }

  /**
   * Drops what a chain owns, and its history table: the tables of {@link Chain.Builder#owns} with
   * their indexes and triggers, and the views that are named there as well. All or nothing, and
   * nothing else: where a table, view or trigger of somebody else depends on one of them, nothing
   * is dropped. Where the chain stays among those that are migrated, it is empty afterwards.
   *
   * @param confirmedName the chain's name once more
   * @throws ConfigurationException if there is no such chain, or its name is not repeated
   * @throws SchemaNotReadyException if the chain is ahead of its scripts, so that what it owns is
   *     not known, or its tables are there without its history: nothing was dropped
   * @throws dev.outgrow.error.MigrationException if another chain that has run requires it, or
   *     something depends on its tables, with what does: nothing was dropped
   * @throws dev.outgrow.error.SourceFileException if a SQLite file cannot be copied before
   * @throws dev.outgrow.error.UnavailableException if another is migrating all the time
   */
  public RemovalResult uninstall(String chain, String confirmedName) {
    return new Removing(set).uninstall(chain, confirmedName);
  }

  /**
   * Drops what all chains own and their history tables, as {@link #uninstall} does for one, and
   * nothing else. Chains may be ahead of their scripts here.
   *
   * @param confirmedDatabaseName the database's name; of a SQLite file its name without the folder
   * @throws ConfigurationException if that is not its name
   */
  public RemovalResult reset(String confirmedDatabaseName) {
    return new Removing(set).reset(confirmedDatabaseName);
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
            .filter(row -> !row.isAnnouncement())
            .map(AppliedMigration::of)
            .toList();
  }

  /**
   * Brings a chain's history into agreement with its scripts; the schema itself stays as it is. The
   * rows of failed migrations and of those that were begun and never ended go, changed scripts are
   * taken as they are now, and those that are gone are marked as taken back.
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
   * database up to this version, and where all that it makes is the same here, the scripts up to
   * there are marked as run. Nothing else is changed. Compared is what {@link Drift} names; what
   * others have made beside the chain's tables does not matter.
   *
   * @param version the version that the schema is at
   * @return how the chain is now
   * @throws ConfigurationException if there is no such chain or version
   * @throws dev.outgrow.error.AccessException if the user may not make a scratch database
   * @throws dev.outgrow.error.MigrationException if the schema differs, with what differs
   * @throws SchemaNotReadyException if the chain has a history that something is wrong with
   */
  public ChainStatus adopt(String chain, String version) {
    return new Mending(set).adopt(chain, version, null);
  }

  /**
   * Adopts as {@link #adopt(String, String)} does, with the caller's scratch database.
   *
   * @param scratch an empty database of the same backend, which is left as the chain makes it
   * @throws ConfigurationException also if the scratch database is not empty
   */
  public ChainStatus adopt(String chain, String version, Database scratch) {
    return new Mending(set).adopt(chain, version, scratch);
  }

  /**
   * Compares the live schema with what the applied migrations make in a scratch database. Nothing
   * is changed, and no lock is taken: it is not for while somebody migrates.
   *
   * @throws SchemaNotReadyException if scripts that have run are gone, so that what they made is
   *     not known
   * @throws dev.outgrow.error.AccessException if the user may not make a scratch database
   * @throws dev.outgrow.error.MigrationException if what has run here fails there
   */
  public Drift drift() {
    return new DriftFinder(set).find();
  }

  /**
   * Runs all scripts of all chains in a scratch database and finds those that create, alter or drop
   * a table outside their own chain, and the owned tables that none makes. Nothing is changed here:
   * it is for a test of the application. {@code migrate} and {@code start} try what is pending the
   * same way, see {@link #ownership}.
   *
   * <p>A chain that names no tables owns those that it makes. Rows of another's table are no part
   * of it; a trigger, an index or a key on it is.
   *
   * @throws dev.outgrow.error.AccessException if the user may not make a scratch database
   * @throws dev.outgrow.error.MigrationException if a script fails there
   */
  public OwnershipResult checkOwnership() {
    return new OwnershipGuard(set, set.read()).all();
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

package dev.outgrow.backup;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The backups of a database, and the way back. The front door of this package.
 *
 * <pre>{@code
 * Backups backups = Backups.of(db).into(Path.of("/srv/backups")).keep(Retention.last(7).weekly(8));
 * Backup backup = backups.create();
 * backups.verify(backup.file());
 * backups.restore(backup.file(), "app"); // over what is there, whose name is repeated
 * }</pre>
 *
 * <p>A backup shows one moment, whatever is written meanwhile. On SQLite it is made by {@code
 * VACUUM INTO}, on PostgreSQL by {@code pg_dump} in its custom format, of the snapshot in which
 * this library counts and hashes every table. The file is for this user alone (0600, in a folder
 * 0700), is written under a temporary name, brought to the disk, hashed, and only then gets its
 * name, {@code app-20261122T060000123Z.dump}, with a manifest beside it that says what is in it.
 * What a killed process leaves has no final name and is removed by the next that writes there.
 *
 * <p>{@code pg_dump} and {@code pg_restore} are looked for in {@link #tools}, or else on the {@code
 * PATH} and in Debian's {@code /usr/lib/postgresql}; of those that are not older than the server
 * the oldest is taken. The password is given to them in a file for this user alone, which is
 * deleted afterwards. Where there is none, the {@linkplain #builtInCopy built-in copy} can be
 * allowed.
 *
 * <p>Defaults: the folder {@code backups} beside a SQLite file, or in the working directory;
 * nothing is pruned; 12 hours; 2 jobs to restore into a scratch database; 30 seconds to wait for
 * locks.
 *
 * <p><em>Immutable.</em> Each option returns a copy.
 *
 * @since 0.1
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
public final class Backups {
  private final Database database;
  private final BackupOptions options;

  private Backups(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Begins with the defaults. Nothing is looked at yet. */
  public static Backups of(Database database) {
    return new Backups(database, BackupOptions.ofDefaults());
  }

  /**
   * Keeps the backups in this folder. It is made if it is not there; one that is open to other
   * users is closed to them if it holds nothing but backups, and refused otherwise.
   */
  public Backups into(Path folder) {
    return with(o -> o.folder = folder);
  }

  /** Prunes behind every backup that is made. */
  public Backups keep(Retention retention) {
    return with(o -> o.retention = retention);
  }

  /**
   * Names the application's chains, for a database that is handed in: a backup says which versions
   * it has, and a verification and a restore let it through the gate ({@link Migrations#validate}).
   * Without it only the history tables that are found are named.
   */
  public Backups chains(Function<Database, Migrations> chains) {
    return with(o -> o.chains = chains);
  }

  /** Tells a listener how far it is. */
  public Backups onProgress(BackupListener listener) {
    return with(o -> o.listener = listener);
  }

  /** Lets somebody stop it. */
  public Backups cancelledBy(Cancellation cancellation) {
    return with(o -> o.cancellation = cancellation);
  }

  /**
   * Ends what takes longer: 1 ms to 7 days; 12 hours by default.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public Backups timeout(Duration timeout) {
    return with(o -> o.timeout = timeout);
  }

  /**
   * Waits so long for the locks that a restore needs on what is there: 1 ms to 1 day; 30 seconds by
   * default.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public Backups lockTimeout(Duration timeout) {
    return with(o -> o.lockTimeout = timeout);
  }

  /** Takes {@code pg_dump} and {@code pg_restore} from this folder, and from nowhere else. */
  public Backups tools(Path folder) {
    return with(o -> o.tools = folder);
  }

  /** Says whether PostgreSQL may be copied without {@code pg_dump}; by default it may not. */
  public Backups builtInCopy(BuiltInCopy copy) {
    return with(o -> o.builtInCopy = copy);
  }

  /**
   * Restores so many tables and indexes at once into the scratch database of a verification: 1 to
   * 64; 2 by default. A dump in the custom format is written by one, and put in its place by one,
   * since that is one transaction.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public Backups jobs(int jobs) {
    return with(o -> o.jobs = jobs);
  }

  /**
   * Restores the rights that were granted; the default. They take roles that are there: without
   * them a restore is refused and names the role. Owners are never restored: everything belongs to
   * whoever restores.
   */
  public Backups privileges(boolean restored) {
    return with(o -> o.privileges = restored);
  }

  Backups with(Consumer<BackupOptions.Draft> change) {
    return new Backups(database, options.with(change));
  }

  /**
   * Makes a backup, and prunes if {@link #keep} says so. There has to be room for as many bytes as
   * the database's tables take.
   *
   * @throws BackupException if there is no room, or the folder or a program refuses
   * @throws MissingToolException if there is no {@code pg_dump} of the server's version or above
   * @throws dev.outgrow.error.UnavailableException if another is at work in the folder
   * @throws dev.outgrow.error.CancelledException if somebody has stopped it
   * @throws dev.outgrow.error.TimeLimitException if it took too long
   * @throws dev.outgrow.error.OutgrowException if the database fails
   */
  public Backup create() {
    return new Making(database, options, folder()).make();
  }

  /**
   * Returns the backups of this database in the folder, the oldest first. Those whose manifest
   * cannot be read are left out, and {@link #unreadable} has them.
   */
  public List<Backup> list() {
    return folder().list();
  }

  /**
   * Returns the files in the folder that look like backups of this database and have no manifest.
   */
  public List<Path> unreadable() {
    return folder().unreadable();
  }

  /**
   * Returns the backup of this name in the folder. The name is compared and nothing else, so it may
   * come from a request.
   *
   * @throws ConfigurationException if there is none
   */
  public Backup find(String name) {
    return list().stream()
        .filter(backup -> backup.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "backup",
                    name.replaceAll("[^A-Za-z0-9._-]", "?"),
                    "the name of a backup in " + folder().path()));
  }

  /**
   * Reads what a backup's manifest says. Nothing is proven.
   *
   * @throws BackupException if the file is not there, or has no manifest that can be read
   */
  public static Backup read(Path file) {
    return BackupFolder.read(file);
  }

  /**
   * Proves a backup: its size and hash are those of the manifest, it restores into a scratch
   * database beside this one, every table there has the rows that it had, and the chains pass the
   * gate. Nothing else is changed.
   *
   * @param file the backup's file, in whatever folder
   * @throws BackupException if it is truncated, altered or foreign, with what is wrong
   * @throws dev.outgrow.migration.SchemaNotReadyException if the chains do not pass the gate
   * @throws dev.outgrow.error.AccessException if the user may not make a scratch database
   * @throws dev.outgrow.error.OutgrowException as {@link #create} does
   */
  public BackupReport verify(Path file) {
    return new Proving(database, options).verify(file);
  }

  /**
   * Puts a backup into this database, which has to be empty, and proves it first as {@link #verify}
   * does. One of SQLite is imported into PostgreSQL.
   *
   * <p>It is one transaction of the database: whatever fails, and whenever the process is killed,
   * it is as it was. On PostgreSQL the rows are compared with the manifest once more before that is
   * committed. SQLite copies the pages that were proven; whoever has the file open goes on.
   *
   * @throws ConfigurationException if the database is not empty
   * @throws dev.outgrow.error.OutgrowException as {@link #verify} does: nothing was changed
   */
  public RestoreReport restore(Path file) {
    return new Restoring(database, options, folder()).restore(file, "");
  }

  /**
   * Puts a backup in the place of what this database holds, as {@link #restore(Path)} does. What
   * was there is kept: on PostgreSQL the schemas that the backup has as well stay beside it as
   * {@code public_before_20261122t060000}, until you drop them, and other schemas stay as they are;
   * of SQLite a backup is made before.
   *
   * @param confirmedName the database's name; of a SQLite file its name without the folder
   * @throws ConfigurationException if that is not its name: nothing was changed
   */
  public RestoreReport restore(Path file, String confirmedName) {
    return new Restoring(database, options, folder()).restore(file, confirmedName);
  }

  /**
   * Deletes the backups of this database in the folder that a retention does not keep.
   *
   * @return what was deleted, the oldest first
   */
  public List<Backup> prune(Retention retention) {
    BackupFolder folder = folder();
    try (BackupFolder.Held held = folder.hold()) {
      return Pruning.prune(folder, retention);
    }
  }

  /**
   * Makes a backup again and again, until the schedule is closed. One that fails is told to the
   * schedule's listener and does not end it; one that takes longer than the time between delays the
   * next.
   *
   * @param executor whose thread makes them; it stays the caller's
   * @param first how long to wait for the first
   * @param between from the begin of one to the begin of the next: 1 ms or more
   */
  public BackupSchedule schedule(
      ScheduledExecutorService executor,
      Duration first,
      Duration between,
      BackupSchedule.Listener listener) {
    return BackupSchedule.begin(this, executor, first, between, listener);
  }

  /** Opens a backup's file for reading. Memory does not depend on its size. */
  public static InputStream open(Backup backup) throws IOException {
    return Files.newInputStream(backup.file());
  }

  /**
   * Sends a backup's file, and checks the whole against the manifest.
   *
   * @return how many bytes were sent
   * @throws BackupException if the file is not any more what the manifest says; part of it was sent
   * @throws IOException if it cannot be read, or the channel refuses
   */
  public static long send(Backup backup, WritableByteChannel to) throws IOException {
    try (FileChannel from = FileChannel.open(backup.file(), StandardOpenOption.READ)) {
      return Sending.send(backup, from, to);
    }
  }

  private BackupFolder folder() {
    Path folder = options.folder();
    Path file = database.url().file().orElse(null);
    if (folder == null) {
      folder = file == null ? Path.of("backups") : file.toAbsolutePath().resolveSibling("backups");
    }
    return new BackupFolder(folder, name(database));
  }

  /** Returns the name that whoever restores over it has to repeat. */
  static String name(Database database) {
    return database.backend() == Backend.SQLITE
        ? BackupFolder.name(database.url().file().orElseThrow())
        : database.url().database();
  }
}

package dev.outgrow.database.setup;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lock that whoever changes the schema of a database holds meanwhile, so that two instances of
 * an application that start together do it one behind the other: set-up scripts, then migrations.
 *
 * <pre>{@code
 * try (ChangeLock lock = ChangeLock.take(database, Duration.ofMinutes(1))) {
 *   … // look again here: the other one may have done it
 * }
 * }</pre>
 *
 * <p>On PostgreSQL it is a session-level advisory lock, of this database alone, on a connection
 * beside the pool; it ends with the session, so that an instance that is killed leaves none. It is
 * asked for again and again, never waited for in the server: a statement that waits there would
 * hold up {@code CREATE INDEX CONCURRENTLY}. On SQLite it is a lock of the operating system on an
 * empty file beside the database, {@code app.db-outgrow-lock}, which stays. It does not exclude
 * those who do not ask for it. It is not reentrant.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class ChangeLock implements AutoCloseable {
  private static final Duration MOST = Duration.ofDays(1);
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  private final Keeper keeper;

  private ChangeLock(Keeper keeper) {
    this.keeper = keeper;
  }

  /** How a backend keeps the lock. */
  interface Keeper extends AutoCloseable {
    /** Takes the lock if nobody has it. */
    boolean take();

    @Override
    void close();
  }

  /**
   * Takes the lock, or waits for whoever has it.
   *
   * @param patience how long to wait: 0 (one try) to 1 day
   * @throws UnavailableException if another has it all this time
   * @throws CancelledException if the thread is interrupted, which it then still is
   * @throws ConfigurationException if the patience is outside of that
   * @throws OutgrowException if the database cannot be asked
   */
  public static ChangeLock take(Database database, Duration patience) {
    if (patience.isNegative() || patience.compareTo(MOST) > 0) {
      throw new ConfigurationException("patience", patience.toString(), "0 to 1 day");
    }
    Keeper keeper =
        database.backend() == Backend.POSTGRESQL
            ? new AdvisoryKeeper(database)
            : new FileKeeper(database.url().file().orElseThrow());
    try {
      await(keeper, patience, database);
      return new ChangeLock(keeper);
    } catch (RuntimeException | Error failure) {
      closeAfter(failure, keeper);
      throw failure;
    }
  }

  /**
   * Marks a connection to PostgreSQL as one that works under the lock, until it is closed. Should
   * the holder be killed while a statement still runs there, which the server does not notice
   * before the statement is done, then whoever takes the lock next waits for its end. On SQLite
   * nothing outlives its process, and nothing happens.
   *
   * @throws OutgrowException if the database cannot be asked
   */
  public static void share(Database database, Connection worker) {
    if (database.backend() == Backend.POSTGRESQL) {
      AdvisoryKeeper.share(worker);
    }
  }

  private static void await(Keeper keeper, Duration patience, Database database) {
    long end = System.nanoTime() + patience.toNanos();
    for (long pause = SHORTEST_PAUSE; !keeper.take(); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new UnavailableException(
            "Another program has been changing the schema of "
                + database.url()
                + " for "
                + patience
                + ".",
            "Wait until it is done, or be more patient.",
            null);
      }
      LockSupport.parkNanos(Math.min(pause, left));
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
    }
  }

  private static CancelledException interrupted() {
    return new CancelledException("Waiting for the lock on the schema was interrupted.", null);
  }

  private static void closeAfter(Throwable failure, @Nullable Keeper keeper) {
    try {
      if (keeper != null) {
        keeper.close();
      }
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  /** Lets go of the lock. A second call does nothing. */
  @Override
  public void close() {
    keeper.close();
  }
}

package dev.outgrow.database.scratch;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away database: a prepared one of a {@link ScratchPool}, or an empty one beside another
 * database and of its kind, in which migrations are tried before they run for real. {@link #close}
 * deletes it.
 *
 * <p>On PostgreSQL one beside another is a database {@code outgrow_scratch_…} on the same server,
 * with the same encoding, locale, {@code search_path} and current schema; that takes a user who may
 * create databases, and one connection beside the pools while it is there. Extensions, rights and
 * other schemas are not brought along. It does not wait for the disk. On SQLite it is a file in a
 * folder below {@code java.io.tmpdir} that the user alone can read.
 *
 * <p>What a killed process left is deleted when the next scratch database of the same user is made,
 * and never while somebody is using it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScratchDatabase implements AutoCloseable {
  private final Database database;
  private final Custody custody;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable KeptDatabase> kept = new AtomicReference<>();

  ScratchDatabase(Database database, Custody custody) {
    this.database = database;
    this.custody = custody;
  }

  /**
   * Makes one beside a database. Nothing stays behind where that fails.
   *
   * @throws dev.outgrow.error.AccessException if the user may not create databases on that server,
   *     or the new one cannot be opened with what is known of how to connect, as of a data source
   *     that was handed in
   * @throws dev.outgrow.error.UnavailableException if the folder for temporary files cannot be used
   * @throws dev.outgrow.error.OutgrowException if the server fails otherwise
   */
  public static ScratchDatabase beside(Database database) {
    return database.backend() == Backend.POSTGRESQL
        ? PostgresScratch.beside(database)
        : SqliteScratch.create();
  }

  /** Returns the open database. It ends with this object. */
  public Database database() {
    return database;
  }

  /** Returns its name; on SQLite the path of its file. */
  public String name() {
    return database.url().database();
  }

  /** Returns where it is. */
  public DatabaseUrl url() {
    return database.url();
  }

  /**
   * Has it stay: {@link #close} only closes it then. Of those that are kept the last twenty stay,
   * until somebody drops them. The server stays with it if it was started for scratch databases,
   * and ends when the next run does. A second call returns the same.
   *
   * @return where it is, and how to open and to drop it
   * @throws dev.outgrow.error.OutgrowException if the server fails, or it is closed
   */
  public synchronized KeptDatabase keep() {
    KeptDatabase known = kept.get();
    if (known != null) {
      return known;
    }
    KeptDatabase now = custody.keep();
    kept.set(now);
    return now;
  }

  /**
   * Closes and deletes it, unless it is kept; one of a pool soon after. A second call does nothing.
   *
   * @throws dev.outgrow.error.OutgrowException if it cannot be deleted; the next one tries again
   */
  @Override
  public void close() {
    if (!custody.isShared() && !closed.getAndSet(true)) {
      custody.end(database, kept.get() != null);
    }
  }

  /** Returns where it is, without a password. */
  @Override
  public String toString() {
    return "scratch database " + database.url();
  }
}

package dev.outgrow.database.scratch;

import dev.outgrow.database.Backend;
import dev.outgrow.error.UnavailableException;
import java.util.function.Supplier;

/**
 * Scratch databases that are copies of a template: fresh, isolated, and prepared. The template is
 * made once for all processes and runs that use the same server; copies are made ahead of need, by
 * two threads in the background, and dropped behind.
 *
 * <p>Nothing starts before the first database is asked for. On PostgreSQL the server is that of
 * {@link ScratchSettings#source}; the embedded server and the container are shared by all pools and
 * processes of the same user and folder, and the last that closes its last pool stops them, or the
 * end of its JVM. What a killed process left, databases or a server, the next run clears away or
 * takes over; a server that was not stopped cleanly starts anew, without its templates. On SQLite
 * templates are files in the same folder, and databases copies of them below {@code
 * java.io.tmpdir}.
 *
 * <p>A preparation that fails is not tried again by this pool: everybody who asks gets its failure.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScratchPool implements AutoCloseable {
  private final ScratchSettings settings;
  private final Backend backend;
  private final ClonesAhead clones;

  private ScratchPool(
      ScratchSettings settings, Backend backend, Supplier<ScratchTemplate> template) {
    this.settings = settings;
    this.backend = backend;
    this.clones =
        new ClonesAhead(
            settings,
            () ->
                backend == Backend.POSTGRESQL
                    ? PostgresTemplates.open(settings, template)
                    : SqliteTemplates.open(settings, template.get()));
  }

  /** Makes a pool, and starts nothing yet. */
  public static ScratchPool open(ScratchSettings settings, ScratchTemplate template) {
    return new ScratchPool(settings, template.backend(), () -> template);
  }

  /**
   * Makes a pool whose template takes time to be told, and starts nothing yet.
   *
   * @param backend where the template lies
   * @param template is asked when the first database is, once, and while the server starts; what it
   *     throws, everybody gets who asks for a database
   */
  public static ScratchPool open(
      ScratchSettings settings, Backend backend, Supplier<ScratchTemplate> template) {
    return new ScratchPool(settings, backend, template);
  }

  /**
   * Returns a database of the caller's own. Its {@link ScratchDatabase#close} gives it back, to be
   * closed and dropped in the background.
   *
   * @throws UnavailableException if the server cannot be started or reached, so many databases are
   *     in use as the settings allow, or the pool is closed
   * @throws dev.outgrow.error.MissingArtifactException if what the source needs is not there
   * @throws dev.outgrow.error.AccessException if the user may not create databases there
   * @throws RuntimeException what the template's preparation threw
   */
  public ScratchDatabase take() {
    return clones.take();
  }

  /**
   * Returns the one database that is shared by those who only read: its sessions refuse to write.
   * It ends with the pool; its {@link ScratchDatabase#close} does nothing before that.
   *
   * @throws RuntimeException as {@link #take}
   */
  public ScratchDatabase shared() {
    return clones.shared();
  }

  /** Returns the settings. */
  public ScratchSettings settings() {
    return settings;
  }

  /**
   * Closes and drops what is left, taken or not, and lets go of the server. A second call does
   * nothing.
   *
   * @throws dev.outgrow.error.OutgrowException if something cannot be cleared away; the next run
   *     tries again
   */
  @Override
  public void close() {
    clones.close();
  }

  /** Returns the backend and where copies are made. */
  @Override
  public String toString() {
    String where = backend == Backend.POSTGRESQL ? " at " + settings.source() : "";
    return "scratch databases on " + backend + where;
  }
}

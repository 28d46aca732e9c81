package dev.outgrow.test;

import dev.outgrow.database.Backend;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchSettings;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import dev.outgrow.test.internal.Pools;
import dev.outgrow.test.internal.Recipe;
import java.util.List;

/**
 * Migrated scratch databases without JUnit: for a Spring test, another test framework, a
 * demonstration. The first one takes the start of the server and the migrations; the others are
 * copies.
 *
 * <pre>{@code
 * try (ScratchDatabases databases = ScratchDatabases.open(new AppChains());
 *     ScratchDatabase fresh = databases.postgres()) {
 *   addUser(fresh.database());
 * }
 * }</pre>
 *
 * <p>The settings are those of {@link ScratchSettings#fromEnvironment}. What is not closed when the
 * JVM ends is closed then; what a killed JVM leaves, the next run clears away.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScratchDatabases implements AutoCloseable {
  private final Pools pools;
  private final ChainSource chains;

  private ScratchDatabases(Pools pools, ChainSource chains) {
    this.pools = pools;
    this.chains = chains;
  }

  /** Starts nothing yet. */
  public static ScratchDatabases open(ChainSource chains) {
    return open(chains, ScratchSettings.fromEnvironment().build());
  }

  /** Starts nothing yet. */
  public static ScratchDatabases open(Chain... chains) {
    List<Chain> all = List.of(chains);
    return open(() -> all);
  }

  /** Starts nothing yet; takes these settings, whatever the environment says. */
  public static ScratchDatabases open(ChainSource chains, ScratchSettings settings) {
    return new ScratchDatabases(new Pools(settings), chains);
  }

  /**
   * Returns a fresh PostgreSQL database, which its {@link ScratchDatabase#close} drops.
   *
   * @throws dev.outgrow.error.OutgrowException if no server can be had, or a migration fails
   */
  public ScratchDatabase postgres() {
    return pools.of(recipe(Backend.POSTGRESQL)).take();
  }

  /**
   * Returns a fresh SQLite file, which its {@link ScratchDatabase#close} deletes.
   *
   * @throws dev.outgrow.error.OutgrowException if it cannot be made, or a migration fails
   */
  public ScratchDatabase sqlite() {
    return pools.of(recipe(Backend.SQLITE)).take();
  }

  private Recipe recipe(Backend backend) {
    return new Recipe(backend, chains, List.of());
  }

  /** Drops what is left of them, and lets go of the server. A second call does nothing. */
  @Override
  public void close() {
    pools.close();
  }
}

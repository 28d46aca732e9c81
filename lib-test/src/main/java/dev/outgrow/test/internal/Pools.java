package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.scratch.ScratchPool;
import dev.outgrow.database.scratch.ScratchSettings;
import dev.outgrow.database.scratch.ScratchTemplate;
import dev.outgrow.migration.ChainSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One pool for each recipe, all with the same settings.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Pools implements AutoCloseable {
  private final ScratchSettings settings;
  private final Map<Recipe, ScratchPool> pools = new ConcurrentHashMap<>();
  private final Map<Class<?>, ChainSource> sources = new ConcurrentHashMap<>();
  private final ScratchPool folders;

  /** Starts nothing yet. */
  public Pools(ScratchSettings settings) {
    this.settings = settings;
    this.folders = ScratchPool.open(settings, ScratchTemplate.empty(Backend.SQLITE));
  }

  /** Returns the pool of a recipe, which starts when it is asked for a database. */
  public ScratchPool of(Recipe recipe) {
    return pools.computeIfAbsent(
        recipe, made -> ScratchPool.open(settings, made.backend(), made::template));
  }

  /** Returns the pool of SQLite files whose folders hold copies of other files. */
  public ScratchPool folders() {
    return folders;
  }

  /** Returns the one object of a class that names chains. */
  public ChainSource chains(Class<? extends ChainSource> type) {
    return sources.computeIfAbsent(type, made -> Instances.of(type, "chains"));
  }

  @Override
  public void close() {
    Closing closing = new Closing();
    pools.values().forEach(closing::close);
    closing.close(folders);
    closing.end();
  }
}

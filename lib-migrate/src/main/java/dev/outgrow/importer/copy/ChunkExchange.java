package dev.outgrow.importer.copy;

/**
 * Takes full chunks away and gives empty ones back. Where it takes them to is not this package's
 * business.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface ChunkExchange {

  /**
   * Takes a chunk and gives an empty one, waiting until there is one.
   *
   * @throws dev.outgrow.error.OutgrowException if what takes the chunks has failed
   */
  Chunk exchange(Chunk full);
}

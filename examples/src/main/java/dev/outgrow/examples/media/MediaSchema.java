package dev.outgrow.examples.media;

import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.util.List;

/**
 * The chains of the media history for tools that make its database without it: the classes in
 * {@code media.db} are generated from them.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MediaSchema implements ChainSource {
  @Override
  public List<Chain> chains() {
    return MediaChains.chains(new FirstAdministrator(null, login -> {})); // nobody logs in there
  }
}

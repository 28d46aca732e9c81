package dev.outgrow.migration;

import dev.outgrow.database.setup.DatabaseSetup;
import java.util.List;

/**
 * Names an application's chains for those who have to make its database without the application:
 * fixtures of tests, the generation of code. A class that they are given by name has a constructor
 * without parameters.
 *
 * <pre>{@code
 * public final class AppChains implements ChainSource {
 *   @Override
 *   public List<Chain> chains() {
 *     return List.of(Chain.named("core").location("db/core").owns("users").build());
 *   }
 * }
 * }</pre>
 *
 * <p><em>Thread-safe.</em> An implementation answers alike every time, without a database.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ChainSource {
  /** Returns the chains, in the order in which {@link Migrations} would be given them. */
  List<Chain> chains();

  /** Returns what runs before the first migration; nothing by default. */
  default DatabaseSetup setup() {
    return DatabaseSetup.of();
  }
}

package dev.outgrow.test.internal;

import dev.outgrow.database.scratch.KeptDatabase;
import dev.outgrow.error.ConfigurationException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the databases of tests that failed are kept, and how many.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Keeping {
  private static final int MOST = 10;

  private final boolean failed;
  private final AtomicInteger kept = new AtomicInteger();

  private Keeping(boolean failed) {
    this.failed = failed;
  }

  /**
   * Reads the setting.
   *
   * @throws ConfigurationException if it is neither {@code failed} nor {@code none}
   */
  public static Keeping of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "none" -> new Keeping(false);
      case "failed" -> new Keeping(true);
      default -> throw new ConfigurationException("outgrow.test.keep", word, "failed or none");
    };
  }

  Optional<KeptDatabase> keep(Lease lease) {
    return failed && kept.getAndIncrement() < MOST ? Optional.of(lease.keep()) : Optional.empty();
  }
}

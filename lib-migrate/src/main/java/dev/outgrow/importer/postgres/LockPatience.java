package dev.outgrow.importer.postgres;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a swap waits for locks, and how often it is tried again. Whoever uses the target waits
 * behind a swap that waits, so one attempt is short, and in the pause between two they go on.
 *
 * <p>Defaults: 2 s, which is more than the second after which the server takes its own autovacuum
 * away, and 20 retries, some three minutes in all. <em>Immutable.</em>
 *
 * @param timeout how long one attempt waits: 10 ms to 1 hour
 * @param retries how often it is tried again: 0 to 1,000
 * @since 0.1
 */
public record LockPatience(Duration timeout, int retries) {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_RETRIES = 1_000;
  private static final int PART = 5;
  private static final int MOST_DOUBLINGS = 16;

  /** What is done if nothing else is said. Behind the limits, which it is held to. */
  public static final LockPatience DEFAULT = new LockPatience(Duration.ofSeconds(2), 20);

  /** Refuses what is out of range. */
  public LockPatience {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new ConfigurationException("lockTimeout", timeout.toString(), "10 ms to 1 hour");
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new ConfigurationException("lockRetries", Integer.toString(retries), "0 to 1000");
    }
  }

  /**
   * Returns the pause before a retry, from 1. A part of it is chance, so that two who got into each
   * other's way do not meet again.
   */
  Duration pause(int retry) {
    long part = (timeout.toNanos() / PART) << Math.min(retry - 1, MOST_DOUBLINGS);
    long most = Math.min(part, LONGEST_PAUSE.toNanos());
    return Duration.ofNanos(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }
}

package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;

/**
 * How long statements of scripts wait for locks, and how often a script is tried again.
 *
 * @param timeout how long a statement waits; 0 as the connection is set
 * @param retries how often a script is tried again
 */
record LockLimits(Duration timeout, int retries) {
  /** Whatever uses the table waits behind the statement; an application's own waits are longer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int RETRIES = 5;
  private static final int MOST_RETRIES = 100;
  private static final int PART = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  static LockLimits ofDefaults() {
    return new LockLimits(TIMEOUT, RETRIES);
  }

  LockLimits timeout(Duration other) {
    boolean none = other.isZero();
    if (!none && (other.compareTo(SHORTEST) < 0 || other.compareTo(LONGEST) > 0)) {
      throw new ConfigurationException("lockTimeout", other.toString(), "10 ms to 1 hour, or 0");
    }
    return new LockLimits(other, retries);
  }

  LockLimits retries(int other) {
    if (other < 0 || other > MOST_RETRIES) {
      throw new ConfigurationException("lockRetries", Integer.toString(other), "0 to 100");
    }
    return new LockLimits(timeout, other);
  }

  /** Returns the pause before a retry, from 1: those who waited behind the lock go first. */
  Duration pause(int retry) {
    Duration pause = timeout.dividedBy(PART).multipliedBy(1L << Math.min(retry - 1, 16));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}

package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;

/**
 * How often, and for how long, a transaction that lost against another is done again: one that
 * could not be serialized, a deadlock, a lock that did not come in time.
 *
 * <p>Before each new attempt it waits a random time of at most 10 ms the first time, twice as much
 * each time after, and never more than 1 second; so those who lost do not meet again.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Retry {
  private static final Retry NONE =
      new Retry(1, Duration.ZERO, Duration.ofMillis(10), Duration.ofSeconds(1));
  private static final int MOST_DOUBLINGS = 40;

  private final int attempts;
  private final Duration budget;
  private final Duration firstDelay;
  private final Duration longestDelay;

  private Retry(int attempts, Duration budget, Duration firstDelay, Duration longestDelay) {
    this.attempts = attempts;
    this.budget = budget;
    this.firstDelay = firstDelay;
    this.longestDelay = longestDelay;
  }

  /** Returns the one that does nothing again: a single attempt. */
  public static Retry none() {
    return NONE;
  }

  /**
   * Returns a budget.
   *
   * @param attempts how often the work is begun at most, the first time included: 1 to 10,000
   * @param budget how long after its first beginning a last attempt may begin: 0 to 1 hour
   * @throws ConfigurationException if one is out of its range
   */
  public static Retry of(int attempts, Duration budget) {
    if (attempts < 1 || attempts > 10_000) {
      throw new ConfigurationException("attempts", Integer.toString(attempts), "1 to 10000");
    }
    Within.require("budget", budget, Duration.ZERO, Duration.ofHours(1));
    return new Retry(attempts, budget, NONE.firstDelay, NONE.longestDelay);
  }

  /**
   * Returns the same budget with other waits.
   *
   * @param first the most to wait before the second attempt: 1 ms to 1 minute
   * @param longest the most to wait before any: the first to 10 minutes
   * @throws ConfigurationException if one is out of its range
   */
  public Retry withDelays(Duration first, Duration longest) {
    Within.require("first", first, Duration.ofMillis(1), Duration.ofMinutes(1));
    Within.require("longest", longest, first, Duration.ofMinutes(10));
    return new Retry(attempts, budget, first, longest);
  }

  /** Returns how often the work is begun at most. */
  public int attempts() {
    return attempts;
  }

  /** Returns how long after its first beginning a last attempt may begin. */
  public Duration budget() {
    return budget;
  }

  /**
   * The wait behind an attempt.
   *
   * @param attempt which one failed, from 1
   * @param random from 0 to below 1
   */
  Duration delay(int attempt, double random) {
    double doubled = firstDelay.toNanos() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
    return Duration.ofNanos((long) (random * Math.min(doubled, (double) longestDelay.toNanos())));
  }

  /** Returns the numbers for people and logs. */
  @Override
  public String toString() {
    return "Retry[" + attempts + " attempts within " + budget + "]";
  }
}

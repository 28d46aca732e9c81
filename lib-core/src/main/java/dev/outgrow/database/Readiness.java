package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries until a database answers, or until patience ends. Only {@link UnavailableException} is
 * waited for, and a lock that somebody else holds: everything else would be the same the next time.
 *
 * <p>The pauses begin at 100 ms and double up to 2 seconds; of each, the half or more is waited, by
 * chance, so that many who wait for one server do not come all at once.
 */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int DOUBLINGS = 5;
  private static final String PROTOCOL_VIOLATION = "08P01";

  private final Duration patience;
  private final Waiting waiting;

  Readiness(Duration patience, Waiting waiting) {
    ConfigOption.PATIENCE.require(patience);
    this.patience = patience;
    this.waiting = waiting;
  }

  /** One try, which should not take longer than what is left of the patience. */
  @FunctionalInterface
  interface Attempt<T> {
    T within(Duration left);
  }

  <T> T await(Attempt<T> attempt) {
    long start = waiting.nanoTime();
    for (int tried = 1; ; tried++) {
      try {
        return attempt.within(left(start));
      } catch (UnavailableException | TimeLimitException failure) {
        Duration left = left(start);
        if (!mayMend(failure)) {
          throw failure;
        }
        if (left.isZero()) {
          throw gaveUp(tried, failure);
        }
        tell(tried, failure);
        pause(tried, left, failure);
      }
    }
  }

  private Duration left(long start) {
    Duration left = patience.minusNanos(waiting.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whoever does not speak PostgreSQL's protocol will not learn it. */
  private static boolean mayMend(OutgrowException failure) {
    if (failure instanceof TimeLimitException limit) {
      return limit.limit() == TimeLimitException.Limit.LOCK;
    }
    return !(failure.getCause() instanceof SQLException cause
        && PROTOCOL_VIOLATION.equals(cause.getSQLState()));
  }

  private void tell(int tried, OutgrowException failure) {
    if (tried == 1) {
      LOG.info("{} Waiting for it up to {}.", failure.what(), patience);
    } else {
      LOG.debug("Attempt {}: {}", tried, failure.what());
    }
  }

  private void pause(int tried, Duration left, OutgrowException failure) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tried - 1, DOUBLINGS));
    Duration longest = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    Duration chosen = Duration.ofNanos((long) (longest.toNanos() * (1 + waiting.random()) / 2));
    try {
      waiting.pause(chosen.compareTo(left) < 0 ? chosen : left);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      UnavailableException ended =
          new UnavailableException(
              "Waiting was interrupted: " + failure.what(),
              "Do not interrupt the thread that waits.",
              failure);
      ended.addSuppressed(interrupted);
      throw ended;
    }
  }

  private UnavailableException gaveUp(int tried, OutgrowException last) {
    return new UnavailableException(
        "Not ready after " + patience + " and " + tried + " attempts: " + last.what(),
        last.remedy(),
        last);
  }
}

package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.statistics.SummedHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the sums of the history compared with its sessions: when the application starts, and while
 * somebody looks at them a minute after the last time, or twenty times as long as that took.
 *
 * <p>A failure is logged and tried again a minute later. The pages are right without the sums, or
 * as right as those were; they only take longer.
 *
 * <p><em>Thread-safe.</em>
 */
final class SumKeeper {
  static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int LEISURE = 20;
  private static final Logger LOG = LoggerFactory.getLogger(SumKeeper.class);

  private final InstantSource clock;
  private final Executor beside;
  private Instant next = Instant.MIN;
  private boolean busy;

  SumKeeper(InstantSource clock, Executor beside) {
    this.clock = clock;
    this.beside = beside;
  }

  /** Compares now. */
  void refresh(Database database) {
    if (begin()) {
      compare(database);
    }
  }

  /** Compares beside what asks for it, if it is time to. */
  void look(Database database) {
    if (begin()) {
      beside.execute(() -> compare(database));
    }
  }

  private synchronized boolean begin() {
    if (busy || clock.instant().isBefore(next)) {
      return false;
    }
    busy = true;
    return true;
  }

  private void compare(Database database) {
    long begin = System.nanoTime();
    try {
      int days = SummedHistory.refresh(database);
      LOG.debug("{} days of the history were summed up", days);
    } catch (OutgrowException failure) {
      LOG.warn("The history could not be summed up: {}", failure.getMessage());
    } finally {
      end(Duration.ofNanos(System.nanoTime() - begin).multipliedBy(LEISURE));
    }
  }

  private synchronized void end(Duration rest) {
    busy = false;
    next = clock.instant().plus(rest.compareTo(PAUSE) > 0 ? rest : PAUSE);
  }
}

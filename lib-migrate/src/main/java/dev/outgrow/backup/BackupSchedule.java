package dev.outgrow.backup;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups that are made again and again. {@link #close} ends it: one that is being made is made to
 * its end.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class BackupSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private final ScheduledFuture<?> future;

  private BackupSchedule(ScheduledFuture<?> future) {
    this.future = future;
  }

  /**
   * Is told how each backup has ended. What it throws is logged and does not end the schedule.
   * Called by one thread at a time: <em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public interface Listener {
    /** Takes note of a backup that was made. */
    void made(Backup backup);

    /** Takes note of one that was not, with why. */
    void failed(RuntimeException failure);
  }

  static BackupSchedule begin(
      Backups backups,
      ScheduledExecutorService executor,
      Duration first,
      Duration between,
      Listener listener) {
    if (first.isNegative() || between.compareTo(Duration.ofMillis(1)) < 0) {
      throw new ConfigurationException("between", between.toString(), "1 ms or more");
    }
    return new BackupSchedule(
        executor.scheduleAtFixedRate(
            () -> once(backups, listener),
            first.toMillis(),
            between.toMillis(),
            TimeUnit.MILLISECONDS));
  }

  /** Nothing leaves it: an executor would never run it again, without a word. */
  private static void once(Backups backups, Listener listener) {
    try {
      Backup backup;
      try {
        backup = backups.create();
      } catch (RuntimeException failure) {
        LOG.error("A scheduled backup failed: {}", failure.getMessage());
        listener.failed(failure);
        return;
      }
      listener.made(backup);
    } catch (RuntimeException failure) {
      LOG.error("The listener of scheduled backups failed", failure);
    }
  }

  /** Ends it. A second call does nothing. */
  @Override
  public void close() {
    future.cancel(false);
  }
}

package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.examples.media.Logins;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether there is a database yet: the application answers before it has one. */
final class Readiness {
  private final AtomicReference<@Nullable Ready> state = new AtomicReference<>();

  private static final long PATIENCE_SECONDS = 30;

  private final ReentrantReadWriteLock writers = new ReentrantReadWriteLock(true);

  /** A database that is open and migrated. */
  record Ready(Database database, Logins logins) {}

  void set(Database database) {
    state.set(new Ready(database, new Logins(database)));
  }

  /** Does what may write to the database. */
  <T> T writing(Supplier<T> work) {
    writers.readLock().lock();
    try {
      return work.get();
    } finally {
      writers.readLock().unlock();
    }
  }

  /**
   * Does something while nothing is {@linkplain #writing written}; waits 30 seconds for those who
   * are.
   */
  <T> T quietly(Supplier<T> work) {
    try {
      if (!writers.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new UnavailableException(
            "Forms that were sent are still being worked on.", "Try again in a moment.", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Waiting for forms was interrupted.", "Try again.", e);
    }
    try {
      return work.get();
    } finally {
      writers.writeLock().unlock();
    }
  }

  boolean isReady() {
    return state.get() != null;
  }

  /** Returns the database; routes that need one are visited only when there is one. */
  Ready ready() {
    Ready ready = state.get();
    if (ready == null) {
      throw new IllegalStateException("There is no database yet");
    }
    return ready;
  }
}

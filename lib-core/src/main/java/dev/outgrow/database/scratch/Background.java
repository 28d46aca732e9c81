package dev.outgrow.database.scratch;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.UnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that no exit waits for, and what they bring back. */
final class Background {
  private static final int MOST_WAITING = 64;
  private static final int IDLE_SECONDS = 10;
  private static final int FINISH_SECONDS = 60;

  private Background() {}

  static ThreadPoolExecutor threads(int count, String name) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            // Whoever gives more back than can be dropped does it himself: disks are finite.
            new ThreadPoolExecutor.CallerRunsPolicy());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Waits for what is still to be done. */
  static void finish(ThreadPoolExecutor threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
        throw new UnavailableException(
            "Scratch databases cannot be dropped within " + FINISH_SECONDS + " s.",
            "The next run tries again.",
            null);
      }
    } catch (InterruptedException interrupted) {
      throw stopped(interrupted);
    }
  }

  static <T> T result(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException failure) {
      throw unchecked(failure.getCause() == null ? failure : failure.getCause());
    } catch (InterruptedException interrupted) {
      throw stopped(interrupted);
    }
  }

  static CancelledException stopped(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new CancelledException(
        "Waiting for a scratch database was interrupted.", "Try again.", interrupted);
  }

  /** Returns a failure to be thrown as it is; errors are thrown here. */
  static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException known) {
      return known;
    }
    return new IllegalStateException(failure);
  }
}

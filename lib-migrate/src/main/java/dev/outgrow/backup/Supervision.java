package dev.outgrow.backup;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one piece of work: tells the listener, and ends the work when it is cancelled or its
 * time is up, whatever it waits for. A thread of its own looks every 50 ms and ends what would not
 * look by itself: a statement, a program.
 */
final class Supervision implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final String work;
  private final BackupOptions options;
  private final long begun = System.nanoTime();
  private final Collection<Ending> endings = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable RuntimeException> reason = new AtomicReference<>();
  private final Thread worker = Thread.currentThread();
  private final Thread watch;

  /** Ends what runs, from another thread. */
  @FunctionalInterface
  interface Ending {
    void end() throws Exception;
  }

  /** What can be ended meanwhile. */
  interface Watched extends AutoCloseable {
    @Override
    void close();
  }

  private Supervision(String work, BackupOptions options) {
    this.work = work;
    this.options = options;
    this.watch = new Thread(this::watch, "outgrow-backup-watch");
    watch.setDaemon(true);
  }

  static Supervision of(String work, BackupOptions options) {
    Supervision supervision = new Supervision(work, options);
    supervision.watch.start();
    return supervision;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Has this ended when the work is to end, until it is closed. */
  Watched watching(Ending ending) {
    check();
    endings.add(ending);
    return () -> endings.remove(ending);
  }

  /** Tells the listener how far it is. */
  void tell(BackupProgress progress) {
    if (progress.phase() != BackupProgress.Phase.DONE) {
      check();
    }
    options.listener().progressed(progress);
  }

  /** Throws if the work is to end. */
  void check() {
    RuntimeException why = toEnd();
    if (why != null) {
      throw why;
    }
  }

  /** Returns why the work was ended, if it was, and otherwise what is known of the failure. */
  RuntimeException orReason(RuntimeException failure) {
    RuntimeException why = toEnd();
    if (why == null || why == failure) {
      return failure;
    }
    why.addSuppressed(failure);
    return why;
  }

  private @Nullable RuntimeException toEnd() {
    if (reason.get() == null) {
      if (options.isCancelled() || worker.isInterrupted()) {
        reason.compareAndSet(null, new CancelledException(work + " was cancelled.", null));
      } else if (elapsed().compareTo(options.timeout()) > 0) {
        reason.compareAndSet(
            null,
            new TimeLimitException(
                Limit.TRANSACTION,
                work + " took longer than " + options.timeout() + " and was ended.",
                "Allow it more time; nothing was changed.",
                null,
                null));
      }
    }
    return reason.get();
  }

  private void watch() {
    try {
      while (toEnd() == null) {
        Thread.sleep(PAUSE_MILLIS);
      }
      while (true) {
        endAll(); // again and again: one may begin after the first look
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void endAll() {
    endings.removeIf(this::cannotEnd);
  }

  private boolean cannotEnd(Ending ending) {
    try {
      ending.end();
      return false;
    } catch (Exception failure) {
      RuntimeException why = reason.get();
      if (why != null) {
        why.addSuppressed(failure);
      }
      return true;
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}

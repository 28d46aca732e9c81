package dev.outgrow.exporter;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Ends an export that somebody cancels, or that takes too long: a thread of its own looks ten times
 * a second, and wakes the export from what it may wait for. <em>Thread-safe.</em>
 */
final class Halt implements AutoCloseable {
  private static final long LOOK_UP_MILLIS = 100;

  private final ExportOptions options;
  private final long began = System.nanoTime();
  private final Thread runner = Thread.currentThread();
  private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
  private final Thread looker = new Thread(this::look, "outgrow-export-cancel");
  private volatile boolean closed;

  Halt(ExportOptions options) {
    this.options = options;
    looker.setDaemon(true);
    looker.start();
  }

  /** Says how to wake the export; called on another thread, as often as it does not end. */
  void wakenBy(Runnable wake) {
    wakes.add(wake);
  }

  /** Returns whether the export has to end. */
  boolean isAsked() {
    return options.cancellation().isCancelled() || runner.isInterrupted() || isLate();
  }

  private boolean isLate() {
    return System.nanoTime() - began > options.timeout().toNanos();
  }

  /** Ends the export if it has to. */
  void check() {
    if (isAsked()) {
      throw cancelled(null);
    }
  }

  /** Returns what an export ends with that has to end. */
  OutgrowException cancelled(@Nullable Throwable cause) {
    if (!options.cancellation().isCancelled() && isLate()) {
      return new TimeLimitException(
          Limit.TRANSACTION,
          "The export took longer than " + options.timeout() + " and was ended.",
          "Allow it more time; no file was made.",
          null,
          cause);
    }
    return new CancelledException(
        "The export was cancelled.", "Start it again when it suits; no file was made.", cause);
  }

  /** Waits for what another thread does for the export, and throws what it has failed with. */
  <T> T await(Future<T> work) throws SQLException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static SQLException failure(@Nullable Throwable cause) {
    if (cause instanceof SQLException failed) {
      return failed;
    }
    if (cause instanceof RuntimeException unforeseen) {
      throw unforeseen;
    }
    throw new IllegalStateException(cause);
  }

  /** Returns what is told of a failure: what breaks because somebody stops it says nothing. */
  OutgrowException told(OutgrowException failure) {
    boolean own =
        failure instanceof CancelledException
            || failure instanceof TimeLimitException
            || failure instanceof ExportDifferenceException;
    return !own && isAsked() ? cancelled(failure) : failure;
  }

  private void look() {
    try {
      while (!closed) {
        if (isAsked()) {
          wakes.forEach(Runnable::run);
        }
        Thread.sleep(LOOK_UP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by close()
    }
  }

  @Override
  public void close() {
    closed = true;
    looker.interrupt();
  }
}

package dev.outgrow.importer;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Wakes a run from what it waits for once it has to stop: a statement of the server, or of SQLite,
 * does not notice an interrupt by itself. A thread of its own looks ten times a second whether that
 * is so, and then goes on until the run has ended, since it may wait again.
 */
final class Stopping implements AutoCloseable {
  private static final long LOOK_UP_MILLIS = 100;

  private final Cancellation cancellation;
  private final Thread runner;
  private final Set<Wait> waits = new LinkedHashSet<>();
  private boolean closed;

  private Stopping(Cancellation cancellation, Thread runner) {
    this.cancellation = cancellation;
    this.runner = runner;
  }

  /** Begins to look whether the run on this thread has to stop. */
  static Stopping of(Cancellation cancellation) {
    Stopping stopping = new Stopping(cancellation, Thread.currentThread());
    Thread thread = new Thread(stopping::look, "outgrow-cancel");
    thread.setDaemon(true);
    thread.start();
    return stopping;
  }

  /** Returns whether the run has to stop. */
  boolean isAsked() {
    return cancellation.isCancelled() || runner.isInterrupted();
  }

  /**
   * Says how to wake the run from something it may wait for, until that is closed.
   *
   * @param wake called on another thread, as often as the run does not end
   */
  synchronized Wait wakenBy(Runnable wake) {
    Wait wait = new Wait(wake);
    waits.add(wait);
    return wait;
  }

  /** Something a run may wait for. Once it is closed nobody wakes it any more. */
  final class Wait implements AutoCloseable {
    private final Runnable wake;

    private Wait(Runnable wake) {
      this.wake = wake;
    }

    @Override
    public void close() {
      synchronized (Stopping.this) {
        waits.remove(this);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized void look() {
    try {
      while (!closed) {
        if (isAsked()) {
          waits.forEach(each -> each.wake.run());
        }
        wait(LOOK_UP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody but a container that ends does this
    }
  }
}

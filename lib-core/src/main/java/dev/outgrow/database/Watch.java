package dev.outgrow.database;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops the statements of transactions that were cancelled, whose threads were interrupted or that
 * take too long. A thread that waits for a database cannot do so itself. It looks every 20 ms; its
 * thread ends when there was no transaction for 5 seconds.
 */
final class Watch implements AutoCloseable {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int IDLE_TICKS = 250;

  private final Set<RunningTransaction> running = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  void add(RunningTransaction tx) {
    running.add(tx);
    if (thread == null) {
      start();
    }
  }

  void remove(RunningTransaction tx) {
    running.remove(tx);
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      Thread started = new Thread(this::look, "outgrow watch");
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  private void look() {
    int idle = 0;
    do {
      LockSupport.parkNanos(this, TICK);
      idle = running.isEmpty() ? idle + 1 : 0;
      long now = System.nanoTime();
      running.forEach(tx -> tx.look(now));
    } while (!closed && (idle < IDLE_TICKS || !rest()));
  }

  /** Ends the thread, unless a transaction came that may still rely on it. */
  private synchronized boolean rest() {
    thread = null;
    if (running.isEmpty()) {
      return true;
    }
    thread = Thread.currentThread();
    return false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}

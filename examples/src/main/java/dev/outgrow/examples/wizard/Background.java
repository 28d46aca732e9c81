package dev.outgrow.examples.wizard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread that works while people wait, and whoever wants to know of it. Thread-safe. */
final class Background implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ExecutorService worker = Executors.newSingleThreadExecutor(Background::thread);
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private @Nullable Work work;
  private Future<?> running = CompletableFuture.completedFuture(null);

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "wizard");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins work; {@link #ended} has to be called when it is over. */
  synchronized Work begin(Task task, String name, Consumer<Work> job) {
    Work begun = new Work(task, name, this::changed);
    work = begun;
    running = worker.submit(() -> job.accept(begun));
    return begun;
  }

  synchronized void ended() {
    work = null;
  }

  /** Returns what runs now, or null. */
  synchronized @Nullable Work now() {
    return work;
  }

  /** Has somebody told, on whatever thread, that things stand otherwise; closing ends it. */
  AutoCloseable watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  void changed() {
    watchers.forEach(Runnable::run);
  }

  /** Waits a little for what runs; returns whether it is over. */
  boolean await(Duration limit) {
    Future<?> now;
    synchronized (this) {
      now = running;
    }
    try {
      now.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException slow) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("What fails is told as a problem", e);
    }
  }

  /** Cancels what runs, and waits 20 seconds for it. */
  @Override
  public void close() {
    Work now = now();
    if (now != null) {
      now.cancel();
    }
    worker.shutdown();
    try {
      if (!worker.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

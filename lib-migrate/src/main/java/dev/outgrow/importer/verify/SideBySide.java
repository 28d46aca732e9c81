package dev.outgrow.importer.verify;

import dev.outgrow.error.CancelledException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does parts of one piece of work at the same time: the first on the thread of the caller, each of
 * the others on a thread of its own, with a connection that nobody else uses.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SideBySide {
  private static final long PATIENCE_MILLIS = 1_000;

  private SideBySide() {}

  /** A part of the work, which one thread does once. <em>Not thread-safe.</em> */
  @FunctionalInterface
  public interface Part<T> {
    /** Does it. */
    T done() throws SQLException;
  }

  /**
   * Does all parts, and returns when the last has ended, however they end.
   *
   * @param name what the threads are called
   * @param own the part of this thread
   * @param others the others
   * @param wake has the server give up what it does for the others; called again and again where
   *     one part has failed, because another may have begun after it was told
   * @return what each has come to, that of this thread first
   * @throws SQLException what the first part to fail threw, in their order
   */
  public static <T> List<T> run(
      String name, Part<T> own, List<? extends Part<T>> others, Runnable wake) throws SQLException {
    List<FutureTask<T>> tasks = new ArrayList<>();
    others.forEach(part -> tasks.add(new FutureTask<>(part::done)));
    List<Thread> threads = tasks.stream().map(task -> start(name, task)).toList();
    boolean done = false;
    try {
      List<T> results = new ArrayList<>(List.of(own.done()));
      for (FutureTask<T> task : tasks) {
        results.add(result(task));
      }
      done = true;
      return results;
    } finally {
      join(threads, done, wake);
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static <T> T result(FutureTask<T> task) throws SQLException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("What was done over several connections was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(
          "What was done over several connections failed", e.getCause());
    }
  }

  /** Nobody may use the connections for something else before all have ended. */
  private static void join(List<Thread> threads, boolean done, Runnable wake) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        if (!done) {
          wake.run();
        }
        try {
          thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

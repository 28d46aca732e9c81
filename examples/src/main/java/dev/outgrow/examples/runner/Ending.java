package dev.outgrow.examples.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has to be closed when the process ends, the latest first, whether a command returns, fails,
 * or is ended by a signal at whatever moment: what comes after the end is closed at once.
 * Thread-safe.
 */
final class Ending implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean over;

  /** Begins one that a signal closes, too. */
  static Ending ofProcess() {
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::close, "serve ends"));
    return ending;
  }

  /** Has something closed in the end; at once if that has come. */
  <T extends AutoCloseable> T closes(T each) {
    boolean late;
    synchronized (this) {
      late = over;
      if (!late) {
        open.push(each);
      }
    }
    if (late) {
      close(each);
    }
    return each;
  }

  private synchronized @Nullable AutoCloseable next() {
    over = true;
    return open.poll();
  }

  /** Closes what is open; what fails does not keep the others from it. */
  @Override
  public void close() {
    RuntimeException failed = null;
    for (AutoCloseable each = next(); each != null; each = next()) {
      try {
        close(each);
      } catch (RuntimeException failure) {
        if (failed != null) {
          failure.addSuppressed(failed);
        }
        failed = failure;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("What was served cannot be closed", failure);
    }
  }
}

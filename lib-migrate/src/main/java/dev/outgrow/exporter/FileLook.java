package dev.outgrow.exporter;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * One question to SQLite about a file that is made, over a connection and on a thread of its own.
 * <em>Not thread-safe.</em>
 */
final class FileLook implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  private final Path file;
  private final String question;
  private final Halt halt;
  private final FutureTask<List<List<String>>> task = new FutureTask<>(this::look);
  private final Thread thread;
  private volatile @Nullable SqliteDraft looking;

  private FileLook(Path file, String name, String question, Halt halt) {
    this.file = file;
    this.question = question;
    this.halt = halt;
    this.thread = new Thread(task, "outgrow-export-" + name);
  }

  /**
   * Begins.
   *
   * @param name the end of the thread's name
   * @param question a query or a PRAGMA
   */
  static FileLook begin(Path file, String name, String question, Halt halt) {
    FileLook look = new FileLook(file, name, question, halt);
    look.thread.setDaemon(true);
    look.thread.start();
    return look;
  }

  private List<List<String>> look() throws SQLException {
    try (SqliteDraft draft = SqliteDraft.finished(file, halt)) {
      looking = draft;
      return draft.query(question);
    }
  }

  /** Waits for the answer: each row's cells as text. */
  List<List<String>> answer() throws SQLException {
    return halt.await(task);
  }

  /** Waits until it has let go of the file, whatever it has found. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      SqliteDraft draft = looking;
      if (draft != null && !task.isDone()) {
        draft.interrupt(); // what it would find is of no use any more
      }
      try {
        thread.join(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true; // it has to be over before the file is deleted
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

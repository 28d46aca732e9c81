package dev.outgrow.exporter;

import dev.outgrow.importer.page.Part;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.Verifier;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The file's side of the proof: it is read as an import would read it. Each half of a large table
 * is read on a thread of its own. <em>Not thread-safe.</em>
 */
final class FileSide implements AutoCloseable {
  /** Reading so many rows takes longer than opening the file once more. */
  private static final long MANY = 100_000;

  private static final long PAUSE_MILLIS = 100;
  private static final Part FIRST = new Part(0, 2);
  private static final Part SECOND = new Part(1, 2);

  private final Path file;
  private final Halt halt;
  private final SqliteSource source;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "outgrow-export-half");
            worker.setDaemon(true);
            return worker;
          });
  private @Nullable SqliteSource other;
  private boolean closed;

  private FileSide(Path file, Halt halt) {
    this.file = file;
    this.halt = halt;
    this.source = open();
    halt.wakenBy(this::interrupt);
  }

  /** Opens the file that was made. */
  static FileSide open(Path file, Halt halt) {
    return new FileSide(file, halt);
  }

  private SqliteSource open() {
    SqliteSource opened = SqliteSource.open(file);
    try {
      opened.contents();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Returns the file, of which the next table may be read. */
  SqliteSource source() {
    return source;
  }

  /**
   * Condenses the rows of a table.
   *
   * @param proof says what is compared of it
   * @param rows how many it ought to have
   */
  TableDigest digest(Proof proof, long rows) throws SQLException {
    return (rows < MANY ? Optional.<TableDigest>empty() : halves(proof))
        .orElseGet(() -> Verifier.digest(proof.mapping(), proof.rows(source)));
  }

  private Optional<TableDigest> halves(Proof proof) throws SQLException {
    SqliteSource beside = other();
    Future<Optional<TableDigest>> second = thread.submit(() -> proof.digest(beside, SECOND));
    Optional<TableDigest> all = proof.digest(source, FIRST);
    Optional<TableDigest> rest = halt.await(second);
    if (all.isEmpty() || rest.isEmpty()) {
      return Optional.empty();
    }
    all.get().add(rest.get());
    return all;
  }

  private synchronized SqliteSource other() {
    SqliteSource opened = other;
    if (opened == null) {
      opened = open();
      other = opened;
    }
    return opened;
  }

  /** Ends what is read, from another thread. */
  private synchronized void interrupt() {
    if (!closed) {
      source.interrupt();
      if (other != null) {
        other.interrupt();
      }
    }
  }

  /** Waits until nobody reads the file any more. */
  @Override
  public void close() {
    interrupt();
    end();
    synchronized (this) {
      closed = true;
      try (source) {
        if (other != null) {
          other.close();
        }
      }
    }
  }

  private void end() {
    thread.shutdownNow();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true; // it has to be over before the file is deleted
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.copy.Chunk;
import dev.outgrow.importer.copy.ChunkExchange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Sends chunks to a COPY on a thread of its own, so that reading and encoding go on meanwhile. A
 * bounded number of chunks goes round: who fills them waits when the server is behind.
 *
 * <p>{@link #complete()} is the only way to success. {@link #close()} without it cancels the COPY,
 * and nothing of it stays. <em>Not thread-safe:</em> one thread fills.
 */
final class CopyPipe implements ChunkExchange, AutoCloseable {
  private static final Chunk END = new Chunk(1);
  private static final long LOOK_UP_MILLIS = 100;
  private static final long PATIENCE_MILLIS = 1_000;

  private final String doing;
  private final Connection connection;
  private final CopyIn copy;
  private final BlockingQueue<Chunk> full;
  private final BlockingQueue<Chunk> free;
  private final FutureTask<Long> sending;
  private final Thread sender;
  private final Buffers buffers;
  private int made;
  private boolean ended;

  /**
   * Starts sending.
   *
   * @param doing what is being done, for error messages: {@code "Copying table x"}
   * @param connection the connection it runs on, which nobody else uses until this is closed
   * @param copy the COPY, begun
   * @param buffers how many chunks go round, and of what size
   */
  CopyPipe(String doing, Connection connection, CopyIn copy, Buffers buffers) {
    this.doing = doing;
    this.connection = connection;
    this.copy = copy;
    this.full = new ArrayBlockingQueue<>(buffers.chunks() + 1); // room for all of them and the end
    this.free = new ArrayBlockingQueue<>(buffers.chunks());
    this.buffers = buffers;
    this.sending = new FutureTask<>(this::send);
    this.sender = new Thread(sending, "outgrow-copy");
    this.sender.setDaemon(true);
    this.sender.start();
  }

  /** Returns a chunk to begin with. */
  Chunk first() {
    return nextFree();
  }

  @Override
  public Chunk exchange(Chunk filled) {
    full.add(filled);
    return nextFree();
  }

  /** Returns whether a chunk is free, so that nobody has to wait for one. */
  boolean hasRoom() {
    return !free.isEmpty() || made < buffers.chunks();
  }

  /** Says that nothing will be added any more, and does not wait. */
  void end() {
    if (!ended) {
      ended = true;
      full.add(END);
    }
  }

  /**
   * Waits until the server has everything and has accepted it.
   *
   * @return how many rows the server counted
   */
  long complete() {
    end();
    return result();
  }

  /**
   * Ends the sender, and cancels the COPY unless it is complete. Where the server hangs this takes
   * a second.
   */
  @Override
  public void close() {
    if (!sending.isDone()) {
      sender.interrupt();
    }
    try {
      join();
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  private Long send() throws SQLException, InterruptedException {
    for (Chunk chunk = full.take(); chunk != END; chunk = full.take()) {
      copy.writeToCopy(chunk.bytes(), 0, chunk.length());
      free.add(chunk);
    }
    return copy.endCopy();
  }

  /** A chunk is made as late as can be: most tables need one. Who is interrupted gets none. */
  private Chunk nextFree() {
    boolean makes = free.isEmpty() && made < buffers.chunks();
    if (makes && !Thread.currentThread().isInterrupted()) {
      made++;
      return new Chunk(buffers.chunkBytes());
    }
    return awaitFree();
  }

  private Chunk awaitFree() {
    try {
      Chunk chunk = free.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
      while (chunk == null) {
        if (sending.isDone()) {
          result();
          throw new IllegalStateException("The COPY ended before its rows did");
        }
        chunk = free.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
      }
      return chunk;
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
  }

  private long result() {
    try {
      return sending.get();
    } catch (InterruptedException e) {
      throw cancelled(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private OutgrowException failure(@Nullable Throwable cause) {
    if (cause instanceof SQLException sql) {
      return SqlFailures.translate(sql, doing);
    }
    if (cause instanceof InterruptedException interrupted) {
      return cancelled(interrupted);
    }
    throw new IllegalStateException(doing + ": sending failed", cause);
  }

  /**
   * Waits for the sender however often this thread is interrupted, so that nobody uses the
   * connection meanwhile. An interrupt does not wake it from waiting for the server: after a second
   * the server is told to give up.
   */
  private void join() {
    boolean interrupted = false;
    Waker waker = new Waker(connection);
    while (sender.isAlive()) {
      try {
        sender.join(PATIENCE_MILLIS);
        if (sender.isAlive()) {
          waker.wake();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private CancelledException cancelled(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CancelledException(doing + " was interrupted.", cause);
  }
}

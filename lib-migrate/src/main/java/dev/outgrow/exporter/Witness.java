package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.CopyMessages;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server sends of a table by the import's verification, on another thread than the
 * one that writes it into the file, and by code of its own: so it knows of every row before anybody
 * has made something else of it. The one who writes waits while 1 MiB is not read yet, or one
 * message if that is larger. <em>Not thread-safe.</em>
 */
final class Witness implements Consumer<byte[]>, AutoCloseable {
  private static final int MOST_MESSAGES = 1024;
  private static final int MOST_BYTES = 256 << 10;
  private static final int ROOM = 4 * MOST_BYTES;
  private static final long LOOK_UP_MILLIS = 100;
  private static final Batch END = new Batch(new byte[0][], 0);

  private final Halt halt;
  private final Semaphore room = new Semaphore(ROOM);
  private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
  private final FutureTask<Checksum> task;
  private byte[][] filling = new byte[MOST_MESSAGES][];
  private int filled;
  private int bytes;

  private Witness(TableMapping table, Halt halt) {
    this.halt = halt;
    this.task = new FutureTask<>(() -> Verifier.checksum(table, new Handed()));
  }

  /** Messages, and how much of the room they take until they are read. */
  private static final class Batch {
    private final byte[][] messages;
    private final int taken;

    Batch(byte[][] messages, int taken) {
      this.messages = messages;
      this.taken = taken;
    }
  }

  /**
   * Begins.
   *
   * @param table the table, with the columns that are sent
   * @param thread where it reads
   */
  static Witness begin(TableMapping table, Executor thread, Halt halt) {
    Witness witness = new Witness(table, halt);
    thread.execute(witness.task);
    return witness;
  }

  /** Hands a message on; waits while too much is not read yet. */
  @Override
  public void accept(byte[] message) {
    filling[filled++] = message;
    bytes += message.length;
    if (filled == MOST_MESSAGES || bytes >= MOST_BYTES) {
      hand();
    }
  }

  private void hand() {
    hand(
        new Batch(
            filled == MOST_MESSAGES ? filling : Arrays.copyOf(filling, filled),
            Math.min(bytes, ROOM)));
    filling = new byte[MOST_MESSAGES][];
    filled = 0;
    bytes = 0;
  }

  /** Who failed takes no more: what it failed with is told at the end. */
  private void hand(Batch batch) {
    try {
      while (!task.isDone()) {
        if (room.tryAcquire(batch.taken, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
          batches.add(batch);
          return;
        }
        halt.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw halt.cancelled(e);
    }
  }

  /** Waits until everything is read that was handed on, and returns what stands for the rows. */
  Checksum end() throws SQLException {
    hand();
    hand(END);
    return halt.await(task);
  }

  /** Ends it, whether or not everything was read. */
  @Override
  public void close() {
    task.cancel(true);
  }

  /** What was handed over, on the thread that reads it. */
  private final class Handed implements CopyMessages {
    private Batch batch = END;
    private int next;

    @Override
    public byte @Nullable [] next() {
      while (next == batch.messages.length) {
        room.release(batch.taken);
        batch = take();
        next = 0;
        if (batch == END) {
          return null;
        }
      }
      return batch.messages[next++];
    }

    private Batch take() {
      try {
        return batches.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw halt.cancelled(e);
      }
    }
  }
}

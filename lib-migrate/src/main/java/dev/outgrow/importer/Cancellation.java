package dev.outgrow.importer;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets somebody stop an import, or a verification, from another thread: {@code
 * SqliteImport.from(file).into(database).cancelledBy(cancellation).run()} there, {@link #cancel()}
 * here.
 *
 * <p>Within about a second the import ends with a {@link dev.outgrow.error.CancelledException},
 * whatever it waits for; the target is then as it was, and what was staged is gone. One that has
 * already swapped its tables in is done, and returns as if nobody had cancelled it. An import whose
 * thread is interrupted ends in the same way.
 *
 * <p>What is cancelled stays so: an import that is begun afterwards ends at once.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Cancellation {
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** Cancels what runs. Returns at once; does nothing the second time. */
  public void cancel() {
    cancelled.set(true);
  }

  /** Returns whether it was cancelled. */
  public boolean isCancelled() {
    return cancelled.get();
  }
}

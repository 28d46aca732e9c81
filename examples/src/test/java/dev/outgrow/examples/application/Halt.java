package dev.outgrow.examples.application;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops an import at its first table until it may go on. */
final class Halt implements ProgressListener {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  public void progressed(Progress progress) {
    if (progress.phase() == Phase.LOAD && progress.event() == Progress.Event.TABLE_BEGINS) {
      reached.countDown();
      await(released);
    }
  }

  /** Waits until an import has come here. */
  void reached() {
    await(reached);
  }

  void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("Waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

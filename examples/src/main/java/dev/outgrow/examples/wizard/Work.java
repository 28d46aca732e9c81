package dev.outgrow.examples.wizard;

import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import java.util.function.UnaryOperator;

/** Work in the background: how far it is, and what stops it. Thread-safe. */
final class Work implements ProgressListener {
  private final Cancellation cancellation = new Cancellation();
  private Progressing state;
  private final Runnable changed;

  Work(Task task, String name, Runnable changed) {
    this.state = Progressing.begin(task, name);
    this.changed = changed;
  }

  synchronized Progressing state() {
    return cancellation.isCancelled() ? state.stopped() : state;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Returns at once; whoever watches is told by the caller. */
  void cancel() {
    cancellation.cancel();
  }

  @Override
  public void progressed(Progress p) {
    update(
        before ->
            new Progressing(
                before.task(),
                before.name(),
                p.phase(),
                p.table(),
                p.rows(),
                p.totalRows(),
                Math.round(p.rowsPerSecond()),
                p.timeLeft(),
                before.note(),
                false));
  }

  @Override
  public void noted(String sentence) {
    update(before -> before.noting(sentence));
  }

  private void update(UnaryOperator<Progressing> change) {
    synchronized (this) {
      state = change.apply(state);
    }
    changed.run();
  }
}

package dev.outgrow.importer.postgres;

import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.Touches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps that several connections work off. Those of small tables are done many at a time; a step
 * that is in the way of another one comes behind it, and never beside it, so that none of them
 * waits for a lock of another.
 *
 * <p><em>Thread-safe.</em>
 */
final class StepQueue {
  /** Sorting so many rows takes less than asking the server for it. */
  private static final long SMALL = 10_000;

  /** A statement has a quarter of a kilobyte of answer, of which the driver keeps 64,000 bytes. */
  private static final int TOGETHER = 40;

  /** Another connection takes as long as going through so many rows. */
  private static final long LARGE = 100_000;

  private final List<Job> waiting;
  private final List<Job> running = new ArrayList<>();
  private boolean failed;

  /** Steps that are done in one transaction. */
  record Job(List<Step> steps, Touches touches) {
    Job(Step step) {
      this(List.of(step), step.touches());
    }
  }

  private StepQueue(List<Job> waiting) {
    this.waiting = waiting;
  }

  /**
   * Makes one.
   *
   * @param together whether those of small tables may be done in one transaction
   */
  static StepQueue of(List<Step> steps, boolean together) {
    List<Job> jobs = new ArrayList<>();
    List<Step> small = new ArrayList<>();
    for (Step step : steps) {
      if (!together || step.touches().rows() > SMALL) {
        flush(small, jobs);
        jobs.add(new Job(step));
      } else {
        small.add(step);
      }
      if (small.size() == TOGETHER) {
        flush(small, jobs);
      }
    }
    flush(small, jobs);
    return new StepQueue(jobs);
  }

  private static void flush(List<Step> small, List<Job> jobs) {
    if (!small.isEmpty()) {
      Touches touches = small.stream().map(Step::touches).reduce(Touches::and).orElseThrow();
      jobs.add(new Job(List.copyOf(small), touches));
      small.clear();
    }
  }

  /** Returns over how many connections it pays to work them off. */
  synchronized int width() {
    return (int) waiting.stream().filter(job -> job.touches().rows() >= LARGE).count();
  }

  /**
   * Returns the next job that can be done now; waits if that is in the way of what runs.
   *
   * @return null if there is none any more
   */
  synchronized @Nullable Job take() throws InterruptedException {
    while (!failed && !waiting.isEmpty()) {
      for (int i = 0; i < waiting.size(); i++) {
        if (isFree(i)) {
          Job job = waiting.remove(i);
          running.add(job);
          return job;
        }
      }
      wait();
    }
    return null;
  }

  /** None may overtake one that was planned before and is in its way. */
  private boolean isFree(int candidate) {
    Touches touches = waiting.get(candidate).touches();
    return running.stream().noneMatch(job -> job.touches().isInTheWayOf(touches))
        && waiting.subList(0, candidate).stream()
            .noneMatch(job -> job.touches().isInTheWayOf(touches));
  }

  /** Says that a job is done. */
  synchronized void done(Job job) {
    running.remove(job);
    notifyAll();
  }

  /** Says that nothing more is to be begun. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }
}

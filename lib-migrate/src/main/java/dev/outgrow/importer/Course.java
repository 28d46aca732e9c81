package dev.outgrow.importer;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.jfr.FlightRecording;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.PhaseTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of one run: in which phase it is since when, how fast it goes, and whether it has to
 * stop. Used once, on the thread of the run.
 */
final class Course implements ProgressListener, AutoCloseable {
  private final ProgressListener recorder = FlightRecording.listener();
  private final ProgressListener listener;
  private final Stopping stopping;
  private final TimeLine timeLine = new TimeLine(System.nanoTime());
  private Phase paced = Phase.SURVEY;
  private Pace pace = new Pace(System.nanoTime(), 0);
  private Done last = Done.NOTHING;
  private boolean opened;
  private boolean silent;
  private String left = "";

  private Course(ProgressListener listener, Cancellation cancellation) {
    this.listener = listener;
    this.stopping = Stopping.of(cancellation);
  }

  /** Does some work that knows its course, and tells how it ended. */
  static <T> T of(ImportOptions options, Function<ImportOptions, T> work) {
    try (Course course = new Course(options.listener(), options.cancellation())) {
      return course.run(options.with(o -> o.listener = course), work);
    }
  }

  private <T> T run(ImportOptions options, Function<ImportOptions, T> work) {
    T result;
    try {
      refuseIfAsked();
      result = work.apply(options);
    } catch (RuntimeException e) {
      RuntimeException told = told(e);
      tellFailed(told);
      throw told;
    }
    // Everything is in its place by now: nothing can stop it any more.
    tell(now(Event.PHASE_ENDS));
    tell(now(Event.DONE));
    return result;
  }

  /** Passes an event on, unless the run has to stop. */
  @Override
  public void progressed(Progress progress) {
    refuseIfAsked();
    tell(progress);
    refuseIfAsked(); // it may be the listener who asks
  }

  /** Passes a sentence on. */
  @Override
  public void noted(String sentence) {
    if (!silent) {
      silent = true;
      listener.noted(sentence);
      silent = false;
    }
  }

  /** Returns whether somebody asked the run to stop. */
  boolean isToStop() {
    return stopping.isAsked();
  }

  /** Says what somebody can do who wants to go on after it was stopped. */
  void leaves(String remedy) {
    left = remedy;
  }

  /** A listener that throws is told nothing any more. */
  private void tell(Progress progress) {
    recorder.progressed(progress);
    if (!silent) {
      silent = true;
      listener.progressed(progress);
      silent = false;
    }
  }

  private void refuseIfAsked() {
    if (stopping.isAsked()) {
      throw cancelled(null);
    }
  }

  /** Says that the source is open: the moment is taken, and nothing that is written is in it. */
  void opened() {
    if (!opened) {
      opened = true;
      progressed(now(Event.PHASE_BEGINS));
    }
  }

  /** Says how to wake the run from something it may wait for, until that is closed. */
  Stopping.Wait wakenBy(Runnable wake) {
    return stopping.wakenBy(wake);
  }

  /** Does some work, from whose waits the run can be woken. */
  <T> T wakenBy(Runnable wake, Supplier<T> work) {
    Stopping.Wait wait = wakenBy(wake);
    try {
      return work.get();
    } finally {
      wait.close();
    }
  }

  /** Leaves the phase it is in for another one. */
  void enter(Phase phase, Done done) {
    if (phase != timeLine.phase()) {
      progressed(now(Event.PHASE_ENDS));
      timeLine.enter(phase, System.nanoTime());
      repace(phase, done);
      last = done;
      progressed(now(Event.PHASE_BEGINS));
    }
  }

  /** Says how far it is with a look at the source in the middle of another phase, or a phase. */
  void rows(Phase phase, Done done) {
    if (phase != paced) {
      repace(phase, done);
    }
    if (phase == timeLine.phase()) {
      last = done.whole();
    }
    progressed(progress(Event.ROWS, phase, done, timeLine.elapsed(System.nanoTime())));
  }

  /** Begins a table in the phase it is in. */
  void begin(Done done) {
    long now = System.nanoTime();
    timeLine.begin(done.table(), now);
    progressed(progress(Event.TABLE_BEGINS, timeLine.phase(), done, timeLine.elapsed(now)));
  }

  /** Ends the table that was begun. */
  void end(Done done) {
    Duration took = timeLine.end(System.nanoTime());
    last = done.whole();
    progressed(progress(Event.TABLE_ENDS, timeLine.phase(), done, took));
  }

  /** Returns when each phase was, up to now. */
  List<PhaseTime> phases() {
    return timeLine.phases(System.nanoTime());
  }

  /** Ends it. Nobody is woken any more. */
  @Override
  public void close() {
    stopping.close();
  }

  private void tellFailed(RuntimeException told) {
    try {
      tell(now(Event.FAILED));
    } catch (RuntimeException e) {
      told.addSuppressed(e);
    }
  }

  /** What breaks because somebody stops it says nothing; what was found out is worth telling. */
  private RuntimeException told(RuntimeException failure) {
    if (!left.isEmpty() && stopping.isAsked()) {
      return cancelled(failure);
    }
    if (!left.isEmpty() && failure instanceof UnavailableException unavailable) {
      return new UnavailableException(
          unavailable.what(), unavailable.remedy() + " " + left, failure);
    }
    boolean broken =
        failure instanceof OutgrowException
            && !(failure instanceof CancelledException)
            && !(failure instanceof BadRowsException)
            && !(failure instanceof VerificationFailedException);
    return broken && stopping.isAsked() ? cancelled(failure) : failure;
  }

  private CancelledException cancelled(@Nullable Throwable cause) {
    String what = "The import was cancelled in its phase " + timeLine.phase().word() + ".";
    return left.isEmpty()
        ? new CancelledException(what, cause)
        : new CancelledException(what, left, cause);
  }

  private void repace(Phase phase, Done done) {
    paced = phase;
    pace = new Pace(System.nanoTime(), done.rows());
  }

  private Progress now(Event event) {
    return progress(event, timeLine.phase(), last, timeLine.elapsed(System.nanoTime()));
  }

  private Progress progress(Event event, Phase phase, Done done, Duration elapsed) {
    long now = System.nanoTime();
    pace.at(now, done.rows());
    double rate = pace.rowsPerSecond(now, done.rows());
    return new Progress(
        event,
        phase,
        done.table(),
        done.tableRows(),
        done.rows(),
        done.totalRows(),
        done.tableBytes(),
        done.bytes(),
        elapsed,
        rate,
        Pace.timeLeft(rate, done.rows(), done.totalRows()));
  }
}

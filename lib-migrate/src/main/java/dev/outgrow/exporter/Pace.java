package dev.outgrow.exporter;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.progress.ProgressListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells how far an export is. <em>Not thread-safe.</em> */
final class Pace {
  /** After so many rows it is told again. */
  static final int ROWS = 10_000;

  /** After so many bytes of large rows it is told again. */
  static final long BYTES = 8 << 20;

  private final ProgressListener listener;
  private final Halt halt;
  private final long total;
  private Phase phase = Phase.SURVEY;
  private String table = "";
  private long began = System.nanoTime();
  private long tableBegan = began;
  private long doneBefore;

  Pace(ProgressListener listener, Halt halt, long total) {
    this.listener = listener;
    this.halt = halt;
    this.total = total;
  }

  /** Goes into a phase. */
  void enter(Phase next) {
    halt.check();
    phase = next;
    table = "";
    doneBefore = 0;
    began = System.nanoTime();
    tell(Event.PHASE_BEGINS, 0, 0, began);
  }

  /** Ends the phase. */
  void leave() {
    tell(Event.PHASE_ENDS, 0, 0, began);
  }

  /** Begins a table. */
  void begin(String name) {
    halt.check();
    table = name;
    tableBegan = System.nanoTime();
    tell(Event.TABLE_BEGINS, 0, 0, began);
  }

  /** Says how much of the table is done. */
  void rows(long rows, long bytes) {
    halt.check();
    tell(Event.ROWS, rows, bytes, began);
  }

  /** Ends the export if it has to. */
  void check() {
    halt.check();
  }

  /** Ends the table, and returns how many milliseconds it took. */
  long end(long rows, long bytes) {
    tell(Event.TABLE_ENDS, rows, bytes, tableBegan);
    doneBefore += rows;
    return (System.nanoTime() - tableBegan) / 1_000_000;
  }

  /** Says that everything is done. */
  void done() {
    tell(Event.DONE, 0, 0, began);
  }

  /** Passes a sentence on. */
  void noted(String sentence) {
    listener.noted(sentence);
  }

  private void tell(Event event, long rows, long bytes, long since) {
    long now = System.nanoTime();
    boolean byRows = phase == Phase.LOAD || phase == Phase.VERIFY;
    long all = doneBefore + rows;
    double seconds = (now - began) / 1e9;
    double rate = seconds < 1 ? 0 : all / seconds;
    listener.progressed(
        new Progress(
            event,
            phase,
            table,
            rows,
            all,
            byRows ? total : 0,
            phase == Phase.LOAD ? bytes : 0,
            phase == Phase.LOAD ? bytes : 0,
            Duration.ofNanos(now - since),
            rate,
            byRows ? left(rate, all) : null));
  }

  private @Nullable Duration left(double rate, long all) {
    return rate <= 0 || total == 0
        ? null
        : Duration.ofMillis((long) (Math.max(0, total - all) / rate * 1000));
  }
}

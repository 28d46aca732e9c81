package dev.outgrow.importer;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.report.PhaseTime;
import dev.outgrow.importer.report.TableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** When each phase was, and each table in it. Times are nanoseconds of this process. */
final class TimeLine {
  private final long began;
  private final List<PhaseTime> past = new ArrayList<>();
  private List<TableTime> tables = new ArrayList<>();
  private Phase phase = Phase.SURVEY;
  private long phaseBegan;
  private String table = "";
  private long tableBegan;

  TimeLine(long began) {
    this.began = began;
    this.phaseBegan = began;
    this.tableBegan = began;
  }

  Phase phase() {
    return phase;
  }

  Duration elapsed(long now) {
    return Duration.ofNanos(now - phaseBegan);
  }

  void enter(Phase next, long now) {
    past.add(current(now));
    tables = new ArrayList<>();
    phase = next;
    phaseBegan = now;
  }

  void begin(String name, long now) {
    table = name;
    tableBegan = now;
  }

  /** Ends the table that was begun last, and returns how long it took. */
  Duration end(long now) {
    tables.add(new TableTime(table, millis(tableBegan - began), millis(now - tableBegan)));
    return Duration.ofNanos(now - tableBegan);
  }

  List<PhaseTime> phases(long now) {
    return Stream.concat(past.stream(), Stream.of(current(now))).toList();
  }

  private PhaseTime current(long now) {
    return new PhaseTime(phase, millis(phaseBegan - began), millis(now - phaseBegan), tables);
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}

package dev.outgrow.importer;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.Phase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How far an import is, and how long its tables take. */
final class ImportProgress {
  private final Course course;
  private final LongSupplier total;
  private final Map<String, Long> nanos = new HashMap<>();
  private final Map<String, Long> bytesOfTables = new HashMap<>();
  private final Map<Phase, Long> rowsOfPhases = new EnumMap<>(Phase.class);
  private Phase phase = Phase.SURVEY;
  private long tableBytes;
  private long began;

  ImportProgress(ImportOptions options, LongSupplier total) {
    this.course = options.course();
    this.total = total;
  }

  /** Goes into a phase; what was done of it before counts, unless it is taken back. */
  void enter(Phase next) {
    if (next != phase) {
      phase = next;
      course.enter(phase, done("", 0, 0));
    }
  }

  /** Begins a table in this phase. */
  void begin(TableMapping table) {
    began = System.nanoTime();
    tableBytes = 0;
    course.begin(done(table.source(), 0, 0));
  }

  void rows(TableMapping table, long done) {
    course.rows(phase, done(table.source(), done, 0));
  }

  /** Says how much of the table is sent. */
  void sent(TableMapping table, long done, long bytes) {
    tableBytes = bytes;
    course.rows(phase, done(table.source(), done, bytes));
  }

  /** Ends a table in this phase. */
  void took(TableMapping table) {
    took(table, tableBytes);
  }

  /** Ends a table that was sent. */
  void took(TableMapping table, long bytes) {
    nanos.merge(table.source(), System.nanoTime() - began, Long::sum);
    Done done = done(table.source(), table.rows(), bytes);
    rowsOfPhases.merge(phase, table.rows(), Long::sum);
    if (phase == Phase.LOAD) {
      bytesOfTables.put(table.source(), bytes);
    }
    course.end(done);
  }

  /** Counts a table that an earlier run has loaded. */
  void takeOver(TableMapping table, long bytes) {
    rowsOfPhases.merge(Phase.LOAD, table.rows(), Long::sum);
    bytesOfTables.put(table.source(), bytes);
  }

  /** Says how much of a table that was taken over is looked at again. */
  void checked(TableMapping table, long done) {
    course.rows(Phase.SURVEY, Done.rows(table.source(), done, done, 0));
  }

  /** Passes a sentence on. */
  void noted(String sentence) {
    course.noted(sentence);
  }

  /** Takes back that a table is loaded. */
  void back(TableMapping table) {
    rowsOfPhases.merge(Phase.LOAD, -table.rows(), Long::sum);
    bytesOfTables.remove(table.source());
  }

  /** Takes back everything. */
  void back() {
    rowsOfPhases.clear();
    bytesOfTables.clear();
  }

  long millis(TableMapping table) {
    return nanos.getOrDefault(table.source(), 0L) / 1_000_000;
  }

  private Done done(String table, long rows, long bytes) {
    boolean byRows = phase == Phase.LOAD || phase == Phase.VERIFY;
    long sent = phase == Phase.LOAD ? bytesOfTables.values().stream().mapToLong(b -> b).sum() : 0;
    return new Done(
        table,
        rows,
        bytes,
        rowsOfPhases.getOrDefault(phase, 0L) + rows,
        sent + bytes,
        byRows ? total.getAsLong() : 0);
  }
}

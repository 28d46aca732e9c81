package dev.outgrow.importer;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How far an import is, and how long its tables take. */
final class ImportProgress {
  private final ImportOptions options;
  private final LongSupplier total;
  private final Map<String, Long> nanos = new HashMap<>();
  private Phase phase = Phase.SURVEY;
  private long rowsOfPhase;

  ImportProgress(ImportOptions options, LongSupplier total) {
    this.options = options;
    this.total = total;
  }

  void enter(Phase next) {
    if (next != phase) {
      phase = next;
      rowsOfPhase = 0;
      long rows = phase == Phase.LOAD || phase == Phase.VERIFY ? total.getAsLong() : 0;
      options.progressed(new Progress(phase, "", 0, 0, rows));
    }
  }

  void rows(TableMapping table, long done) {
    options.progressed(
        new Progress(phase, table.source(), done, rowsOfPhase + done, total.getAsLong()));
  }

  /** Ends a table in this phase. */
  void took(TableMapping table, long begin) {
    nanos.merge(table.source(), System.nanoTime() - begin, Long::sum);
    rows(table, table.rows());
    rowsOfPhase += table.rows();
  }

  /** Takes back that a table is done. */
  void back(TableMapping table) {
    rowsOfPhase -= table.rows();
  }

  long millis(TableMapping table) {
    return nanos.getOrDefault(table.source(), 0L) / 1_000_000;
  }
}

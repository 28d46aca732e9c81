package dev.outgrow.importer;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import java.util.HashMap;
import java.util.Map;

/** How far an import into tables that are there already is, and how long its tables take. */
final class ExistingProgress {
  private final ImportOptions options;
  private final long total;
  private final Map<String, Long> nanos = new HashMap<>();
  private Phase phase = Phase.SURVEY;
  private long rowsOfPhase;

  ExistingProgress(ImportOptions options, long total) {
    this.options = options;
    this.total = total;
  }

  void enter(Phase next) {
    if (next != phase) {
      phase = next;
      rowsOfPhase = 0;
      long rows = phase == Phase.LOAD || phase == Phase.VERIFY ? total : 0;
      options.progressed(new Progress(phase, "", 0, 0, rows));
    }
  }

  void rows(TableMapping table, long done) {
    options.progressed(new Progress(phase, table.source(), done, rowsOfPhase + done, total));
  }

  /** Ends a table in this phase. */
  void took(TableMapping table, long begin) {
    nanos.merge(table.source(), System.nanoTime() - begin, Long::sum);
    rows(table, table.rows());
    rowsOfPhase += table.rows();
  }

  long millis(TableMapping table) {
    return nanos.getOrDefault(table.source(), 0L) / 1_000_000;
  }
}

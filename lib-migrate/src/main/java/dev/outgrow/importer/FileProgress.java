package dev.outgrow.importer;

import dev.outgrow.importer.file.StoredTable;
import dev.outgrow.importer.plan.Phase;
import java.util.HashMap;
import java.util.Map;

/** How far an import into a SQLite file, or a comparison with one, is. */
final class FileProgress {
  private final Course course;
  private final long total;
  private final Map<String, Long> nanos = new HashMap<>();
  private Phase phase = Phase.SURVEY;
  private long before;
  private long began;

  FileProgress(ImportOptions options, long total) {
    this.course = options.course();
    this.total = total;
  }

  void enter(Phase next) {
    phase = next;
    before = 0;
    course.enter(next, new Done("", 0, 0, 0, 0, total()));
  }

  void begin(StoredTable table) {
    began = System.nanoTime();
    course.begin(done(table, 0));
  }

  void rows(StoredTable table, long rows) {
    course.rows(phase, done(table, rows));
  }

  void end(StoredTable table, long rows) {
    nanos.merge(table.name(), System.nanoTime() - began, Long::sum);
    Done done = done(table, rows);
    before += rows;
    course.end(done);
  }

  long millis(StoredTable table) {
    return nanos.getOrDefault(table.name(), 0L) / 1_000_000;
  }

  private Done done(StoredTable table, long rows) {
    return Done.rows(table.name(), rows, before + rows, total());
  }

  private long total() {
    return phase == Phase.LOAD || phase == Phase.VERIFY ? total : 0;
  }
}

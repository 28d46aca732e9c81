package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.importer.file.FileComparison;
import dev.outgrow.importer.file.StoredTable;
import dev.outgrow.importer.file.TargetFile;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a file with another SQLite file, as it is now: what defines tables and indexes, and
 * every row. Used once.
 */
final class FileVerifyRun {
  private final long started = System.nanoTime();
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final List<TableVerdict> verdicts = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private @Nullable FileProgress progress;

  FileVerifyRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
  }

  VerifyReport run() {
    FileChoices.refuse(options);
    try (TargetFile target = TargetFile.look(database)) {
      return options.course().wakenBy(target::interrupt, () -> run(target));
    }
  }

  private VerifyReport run(TargetFile target) {
    target.refuseSource(file);
    try (FileSource source = FileSource.open(file, options)) {
      progress = new FileProgress(options, source.totalRows());
      progress.enter(Phase.VERIFY);
      compare(
          source,
          new FileComparison(source.at().reading(), target.reading(), options.selection().limit()));
      long millis = (System.nanoTime() - started) / 1_000_000;
      return new VerifyReport(
          file.toString(), database.url().toString(), verdicts, differences, millis);
    }
  }

  private void compare(FileSource source, FileComparison comparison) {
    differences.addAll(comparison.definitions(source.storedTables()));
    Set<String> others = new HashSet<>();
    differences.forEach(d -> others.add(d.table()));
    differences.addAll(comparison.definitions(source.schema().of("index")));
    List<StoredTable> alike =
        source.schema().tables().stream().filter(t -> !others.contains(t.name())).toList();
    alike.forEach(t -> compare(comparison, t));
    differences.addAll(comparison.lastNumbers(alike));
  }

  private void compare(FileComparison comparison, StoredTable table) {
    FileProgress told = Objects.requireNonNull(progress);
    told.begin(table);
    TableVerdict verdict = comparison.rows(table, n -> told.rows(table, n));
    told.end(table, verdict.source().rows());
    verdicts.add(verdict);
    differences.addAll(verdict.differences());
  }
}

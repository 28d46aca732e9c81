package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.PostgresCatalog;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.SnapshotReaders;
import dev.outgrow.importer.report.Since;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a file with a target at any later time. Used once. */
final class VerifyRun {
  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final long started = System.nanoTime();
  private final List<TableVerdict> verdicts = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  VerifyRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
  }

  VerifyReport run() {
    String target = database.url() + ", schema " + options.schema();
    try (Survey survey = Survey.of(file, options);
        Sifted sifted = sifted(survey, target)) {
      database.read(
          transaction -> {
            compareOn(survey, sifted, transaction.connection());
            return true;
          });
      Since since = MovedOn.ofAll(database, options, sifted, verdicts);
      return new VerifyReport(
          file.toString(),
          target,
          verdicts,
          differences,
          (System.nanoTime() - started) / 1_000_000,
          sifted.mapping().tables().stream().mapToLong(sifted::rejected).sum(),
          sifted.firstRejects(options.listedRejects()),
          since);
    }
  }

  private Sifted sifted(Survey survey, String target) {
    Planning planning = new Planning(options, database);
    try (ImportTarget server = ImportTarget.open(database, planning.names(), options.buffers())) {
      return options
          .course()
          .wakenBy(
              server::cancelStatement,
              () -> Sieve.forVerification(survey, options, target, server));
    }
  }

  private void compareOn(Survey survey, Sifted sifted, Connection connection) throws SQLException {
    options.course().enter(Phase.VERIFY, Done.rows("", 0, 0, survey.totalRows()));
    SnapshotReaders others =
        new SnapshotReaders(database, options.schema(), connection, options.streams());
    Runnable waker = ImportTarget.waker(connection);
    Stopping.Wait waiting =
        options
            .course()
            .wakenBy(
                () -> {
                  waker.run();
                  others.wake();
                });
    try {
      compare(survey, sifted, connection, others);
    } finally {
      waiting.close();
    }
  }

  private void compare(Survey survey, Sifted sifted, Connection connection, SnapshotReaders others)
      throws SQLException {
    Schema live = PostgresCatalog.read(connection, options.schema());
    Verifier verifier = new Verifier(connection, options.schema(), others);
    long rows = 0;
    for (TableMapping table : sifted.mapping().tables()) {
      Optional<Difference> structure = structure(table, live);
      if (structure.isPresent()) {
        differences.add(structure.get());
        continue;
      }
      long before = rows;
      TableVerdict verdict;
      try (others) {
        verdict =
            verifier.verify(
                table,
                Verifier.digest(table, sifted.rows(table)),
                () -> sifted.rows(table),
                done -> progress(table, done, before + done, survey));
      }
      verdicts.add(verdict);
      differences.addAll(verdict.differences());
      rows += table.rows();
      progress(table, table.rows(), rows, survey);
    }
  }

  private void progress(TableMapping table, long done, long rows, Survey survey) {
    options.course().rows(Phase.VERIFY, Done.rows(table.source(), done, rows, survey.totalRows()));
  }

  /** Rows can only be compared where the columns are those the import makes. */
  private static Optional<Difference> structure(TableMapping table, Schema live) {
    Optional<Table> found = live.table(table.target());
    if (found.isEmpty()) {
      return Optional.of(new Difference(table.source(), "", Difference.What.NO_TABLE, List.of()));
    }
    List<String> other =
        table.columns().stream()
            .filter(c -> !matches(c, found.get().column(c.target())))
            .map(ColumnMapping::source)
            .toList();
    return other.isEmpty()
        ? Optional.empty()
        : Optional.of(new Difference(table.source(), "", Difference.What.OTHER_COLUMNS, other));
  }

  private static boolean matches(ColumnMapping mapping, Optional<Column> live) {
    return live.isPresent() && live.get().type().equals(mapping.type().sql());
  }
}

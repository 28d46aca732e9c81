package dev.outgrow.examples.wizard;

import dev.outgrow.exporter.ExportReport;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import java.util.Optional;
import java.util.Set;

/**
 * How an import ended.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Outcome {
  /** Where the rows are that have arrived. */
  enum Place {
    /** In PostgreSQL; the application goes on where it was. */
    BESIDE,
    /** In PostgreSQL, and the application with them. */
    SWITCHED,
    /** Not in PostgreSQL any more: what was there before is back. */
    TAKEN_BACK
  }

  /** Returns the report, where there is one. */
  Optional<ImportReport> report();

  /**
   * Every row has arrived, and is proven.
   *
   * @param proof the report
   * @param accepted what might stay behind
   * @param id what the import is known by
   * @param goal where to
   * @param choices what was decided of the file
   * @param place where the rows are now
   * @param note what was done last, as a sentence; empty if nothing was
   */
  record Arrived(
      ImportReport proof,
      Set<Kind> accepted,
      String id,
      Goal goal,
      Choices choices,
      Place place,
      String note)
      implements Outcome {
    @Override
    public Optional<ImportReport> report() {
      return Optional.of(proof);
    }

    Arrived at(Place now, String what) {
      return new Arrived(proof, accepted, id, goal, choices, now, what);
    }
  }

  /**
   * The application has gone back to a SQLite file.
   *
   * @param note what was done, in sentences
   * @param made the report of the file, if it is a new one
   */
  record Returned(String note, Optional<ExportReport> made) implements Outcome {
    @Override
    public Optional<ImportReport> report() {
      return Optional.empty();
    }
  }

  /**
   * Somebody stopped it; the target is as it was.
   *
   * @param target where it would have gone
   */
  record Stopped(String target) implements Outcome {
    @Override
    public Optional<ImportReport> report() {
      return Optional.empty();
    }
  }

  /**
   * It failed; the target is as it was.
   *
   * @param why what went wrong
   * @param target where it would have gone
   * @param report rows that are at fault, if some are
   */
  record Failed(Problem why, String target, Optional<ImportReport> report) implements Outcome {}
}

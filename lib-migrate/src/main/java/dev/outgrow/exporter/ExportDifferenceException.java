package dev.outgrow.exporter;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.verify.Difference;
import java.util.stream.Collectors;

/**
 * An export whose rows were not equal when they were read back. No file was left under its name.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ExportDifferenceException extends OutgrowException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 3;

  private final transient ExportReport report;

  ExportDifferenceException(ExportReport report) {
    super(
        "Verification found a difference: "
            + report.differences().stream()
                .limit(SHOWN)
                .map(Difference::describe)
                .collect(Collectors.joining("; "))
            + ".",
        "No file was left. Compare the column's declaration in the SQLite schema with its type in"
            + " PostgreSQL; if they go together, report it with its report.",
        null);
    this.report = report;
  }

  /** Returns the report, with every difference that was found. */
  public ExportReport report() {
    return report;
  }
}

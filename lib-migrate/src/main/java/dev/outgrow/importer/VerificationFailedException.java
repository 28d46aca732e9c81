package dev.outgrow.importer;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.verify.Difference;
import java.util.stream.Collectors;

/**
 * An import whose rows were not equal when they were read back. Nothing was swapped in; the target
 * is as it was.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class VerificationFailedException extends OutgrowException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 3;

  private final transient ImportReport report;

  VerificationFailedException(ImportReport report) {
    super(
        "Verification found a difference: "
            + report.differences().stream()
                .limit(SHOWN)
                .map(Difference::describe)
                .collect(Collectors.joining("; "))
            + ".",
        "Nothing was swapped in. Run the import again; if it fails again, report it with its report.",
        null);
    this.report = report;
  }

  /** Returns the report, with every difference that was found. */
  public ImportReport report() {
    return report;
  }
}

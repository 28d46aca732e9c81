package dev.outgrow.architecture.violations.migration.safety;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.report.Report;

/** A look at scripts that knows imports. */
@Breaks({"migration.safety must not import importer"})
public interface Look {
  void know(Report report);
}

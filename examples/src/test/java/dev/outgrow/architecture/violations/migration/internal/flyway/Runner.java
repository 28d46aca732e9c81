package dev.outgrow.architecture.violations.migration.internal.flyway;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.report.Report;

/** A runner that imports. */
@Breaks({"migration.internal.flyway must not import importer"})
public interface Runner {
  void know(Report report);
}

package dev.outgrow.architecture.violations.migration.drift;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.report.Report;
import java.sql.Connection;

/** What has drifted, asking a database and knowing imports. */
@Breaks({"migration.drift must not import java.sql", "migration.drift must not import importer"})
public interface Drift {
  void know(Connection connection, Report report);
}

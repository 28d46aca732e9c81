package dev.outgrow.architecture.violations.migration.authoring;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.report.Report;
import dev.outgrow.architecture.violations.migration.internal.flyway.Runner;
import java.sql.Connection;

/** An author that runs what it writes. */
@Breaks({
  "migration.authoring must not import java.sql",
  "migration.authoring must not import migration.internal.flyway",
  "migration.authoring must not import importer"
})
public interface Author {
  void know(Connection connection, Runner runner, Report report);
}

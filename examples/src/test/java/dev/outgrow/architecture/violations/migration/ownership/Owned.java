package dev.outgrow.architecture.violations.migration.ownership;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.report.Report;
import java.sql.Connection;

/** Who owns what, asking a database and knowing imports. */
@Breaks({
  "migration.ownership must not import java.sql",
  "migration.ownership must not import importer"
})
public interface Owned {
  void know(Connection connection, Report report);
}

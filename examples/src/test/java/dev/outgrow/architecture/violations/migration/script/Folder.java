package dev.outgrow.architecture.violations.migration.script;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.report.Report;
import java.sql.Connection;

/** A folder of scripts that asks a database and knows imports. */
@Breaks({"migration.script must not import java.sql", "migration.script must not import importer"})
public interface Folder {
  void read(Connection connection, Report report);
}

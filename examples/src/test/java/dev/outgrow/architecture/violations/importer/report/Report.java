package dev.outgrow.architecture.violations.importer.report;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import java.sql.Connection;

/** A report that runs the import. */
@Breaks({
  "importer.report must not import java.sql",
  "importer.report must not import importer.sqlite",
  "importer.report must not import importer.postgres"
})
public interface Report {
  void know(Connection connection, Pages pages, Staging staging);
}

package dev.outgrow.architecture.violations.importer.mapping;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import java.sql.Connection;

/** Rules that know both ends. */
@Breaks({
  "importer.mapping must not import java.sql",
  "importer.mapping must not import importer.sqlite",
  "importer.mapping must not import importer.postgres"
})
public interface Mapping {
  void know(Connection connection, Pages pages, Staging staging);
}

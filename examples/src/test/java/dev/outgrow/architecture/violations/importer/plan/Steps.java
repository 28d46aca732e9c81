package dev.outgrow.architecture.violations.importer.plan;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import java.sql.Connection;

/** A plan that is carried out while it is made. */
@Breaks({
  "importer.plan must not import java.sql",
  "importer.plan must not import importer.sqlite",
  "importer.plan must not import importer.postgres"
})
public interface Steps {
  void know(Connection connection, Pages pages, Staging staging);
}

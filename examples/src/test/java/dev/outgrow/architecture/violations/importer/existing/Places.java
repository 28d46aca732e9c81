package dev.outgrow.architecture.violations.importer.existing;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.plan.Steps;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import java.sql.Connection;

/** Tables that are there already, and a hand that fills them. */
@Breaks({
  "importer.existing must not import java.sql",
  "importer.existing must not import importer.plan",
  "importer.existing must not import importer.copy",
  "importer.existing must not import importer.sqlite",
  "importer.existing must not import importer.postgres"
})
public interface Places {
  void know(Connection connection, Steps steps, Frames frames, Pages pages, Staging staging);
}

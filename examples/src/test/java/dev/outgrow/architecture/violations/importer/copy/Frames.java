package dev.outgrow.architecture.violations.importer.copy;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.plan.Steps;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import java.sql.Connection;

/** A wire format that knows where its rows come from and go to. */
@Breaks({
  "importer.copy must not import java.sql",
  "importer.copy must not import importer.plan",
  "importer.copy must not import importer.sqlite",
  "importer.copy must not import importer.postgres"
})
public interface Frames {
  void know(Connection connection, Steps steps, Pages pages, Staging staging);
}

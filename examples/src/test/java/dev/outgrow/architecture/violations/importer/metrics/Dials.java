package dev.outgrow.architecture.violations.importer.metrics;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.postgres.Staging;

/** Metrics that know the server. */
@Breaks({"importer.metrics may import importer.progress, importer.plan, error"})
public interface Dials {
  void know(Staging staging);
}

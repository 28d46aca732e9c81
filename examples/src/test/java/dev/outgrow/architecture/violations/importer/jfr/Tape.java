package dev.outgrow.architecture.violations.importer.jfr;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.postgres.Staging;

/** Recordings that know the server. */
@Breaks({"importer.jfr may import importer.progress, importer.plan"})
public interface Tape {
  void know(Staging staging);
}

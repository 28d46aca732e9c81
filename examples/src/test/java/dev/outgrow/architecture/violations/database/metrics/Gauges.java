package dev.outgrow.architecture.violations.database.metrics;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.catalog.Reader;

/** Metrics that read a catalogue. */
@Breaks({"database.metrics may import database, error"})
public interface Gauges {
  void know(Reader reader);
}

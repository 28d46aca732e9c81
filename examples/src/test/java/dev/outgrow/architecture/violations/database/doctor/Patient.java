package dev.outgrow.architecture.violations.database.doctor;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.catalog.Reader;

/** A doctor that reads a catalogue. */
@Breaks({"database.doctor may import database, error, sql"})
public interface Patient {
  void know(Reader reader);
}

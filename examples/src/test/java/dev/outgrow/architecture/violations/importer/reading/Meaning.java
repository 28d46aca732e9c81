package dev.outgrow.architecture.violations.importer.reading;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.sql.Rendering;

/** A meaning that knows how it is written. */
@Breaks({"importer.reading may import importer.source, schema, error"})
public interface Meaning {
  void know(Rendering rendering);
}

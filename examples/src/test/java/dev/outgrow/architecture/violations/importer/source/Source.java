package dev.outgrow.architecture.violations.importer.source;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.sql.Rendering;

/** A source that knows how it is written. */
@Breaks({"importer.source may import schema, error"})
public interface Source {
  void know(Rendering rendering);
}

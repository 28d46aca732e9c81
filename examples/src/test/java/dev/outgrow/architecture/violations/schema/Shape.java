package dev.outgrow.architecture.violations.schema;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.sql.Rendering;

/** A vocabulary that knows how it is written. */
@Breaks({"schema may import error"})
public interface Shape {
  void know(Rendering rendering);
}

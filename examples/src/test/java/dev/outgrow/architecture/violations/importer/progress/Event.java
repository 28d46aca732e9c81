package dev.outgrow.architecture.violations.importer.progress;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.schema.Shape;

/** An event that knows what it is about. */
@Breaks({"importer.progress may import importer.plan"})
public interface Event {
  void know(Shape shape);
}

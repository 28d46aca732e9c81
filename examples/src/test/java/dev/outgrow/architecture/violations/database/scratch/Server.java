package dev.outgrow.architecture.violations.database.scratch;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.schema.Shape;

/** A server that knows the vocabulary. */
@Breaks({"database.scratch may import database, sql, error"})
public interface Server {
  void know(Shape shape);
}

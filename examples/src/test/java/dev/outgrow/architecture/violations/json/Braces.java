package dev.outgrow.architecture.violations.json;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.schema.Shape;

/** What writes braces, and knows what is between them. */
@Breaks("json may import nothing of ours")
public interface Braces {
  void write(Shape shape);
}

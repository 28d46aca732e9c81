package dev.outgrow.architecture.violations.disk;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.schema.Shape;

/** What makes files, and knows what is in them. */
@Breaks("disk may import nothing of ours")
public interface Letter {
  void write(Shape shape);
}

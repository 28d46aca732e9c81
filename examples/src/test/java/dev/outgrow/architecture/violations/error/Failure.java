package dev.outgrow.architecture.violations.error;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.schema.Shape;

/** An exception on its own, in a package that knows the one above. */
@Breaks({
  "error may import nothing of ours",
  "every exception that can be met outside is an OutgrowException"
})
public class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Knows the vocabulary. */
  public Failure(Shape shape) {
    super(String.valueOf(shape));
  }
}

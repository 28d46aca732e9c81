package dev.outgrow.codegen;

import dev.outgrow.error.OutgrowException;

/**
 * jOOQ's generator failed. What was there before is as it was.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class CodegenException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private CodegenException(String what, Throwable cause) {
    super(
        what,
        "Look at what jOOQ wrote to the log, and at the configuration that was handed in.",
        cause);
  }

  static CodegenException of(Throwable cause) {
    return new CodegenException("jOOQ cannot generate: " + cause.getMessage() + ".", cause);
  }
}

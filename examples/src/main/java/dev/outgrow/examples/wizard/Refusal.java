package dev.outgrow.examples.wizard;

import dev.outgrow.error.OutgrowException;
import org.jspecify.annotations.Nullable;

/**
 * What the wizard does not do, and what to do instead. Nothing was changed.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Refusal extends OutgrowException {
  private static final long serialVersionUID = 1L;

  Refusal(String what, String remedy) {
    this(what, remedy, null);
  }

  Refusal(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}

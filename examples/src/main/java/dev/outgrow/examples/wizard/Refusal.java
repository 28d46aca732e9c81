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

  /** Refuses unless a name was typed that is meant to be. */
  static void unlessTyped(String name, String typed) {
    if (!typed.strip().equals(name)) {
      throw new Refusal(
          "That is not the name, so nothing was begun.",
          "Type " + name + " if that is what you mean.");
    }
  }

  Refusal(String what, String remedy) {
    this(what, remedy, null);
  }

  Refusal(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}

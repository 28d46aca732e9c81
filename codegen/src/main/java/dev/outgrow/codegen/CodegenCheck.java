package dev.outgrow.codegen;

import java.util.List;

/**
 * Whether generated sources are what the migrations make.
 *
 * <p><em>Immutable.</em>
 *
 * @param changes what a run would do: {@code new app/db/core/Keys.java}, {@code changed …}, {@code
 *     stale …}
 * @since 0.1
 */
public record CodegenCheck(List<String> changes) {
  /** Copies the list. */
  public CodegenCheck {
    changes = List.copyOf(changes);
  }

  /** Whether there is nothing to do. */
  public boolean isUpToDate() {
    return changes.isEmpty();
  }
}

package dev.outgrow.examples.wizard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the application can go back to a SQLite file.
 *
 * <p><em>Immutable.</em>
 *
 * @param moved the move that would be taken back; empty where the application has made none
 * @param trouble why that cannot be told, or null
 * @since 0.1
 */
public record Back(Optional<Moved> moved, @Nullable Problem trouble) {
  /** There is no way back, and none is missed. */
  public static final Back NONE = new Back(Optional.empty(), null);
}

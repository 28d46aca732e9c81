package dev.outgrow.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target that an import may not or cannot write to: it already holds something, or it lacks a
 * right or a room.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class TargetException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final String schema;
  private final List<String> holds;

  /**
   * Describes a refused target.
   *
   * @param schema the target schema
   * @param holds the names of what it already holds, or an empty list
   * @param what what is wrong: a sentence
   * @param remedy what to do: a sentence
   * @param cause the failure underneath, or null
   */
  public TargetException(
      String schema, List<String> holds, String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
    this.schema = schema;
    this.holds = List.copyOf(holds);
  }

  /** Returns the target schema's name. */
  public String schema() {
    return schema;
  }

  /** Returns the names of what the target already holds; empty if that is not the reason. */
  public List<String> holds() {
    return holds;
  }
}

package dev.outgrow.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An optional part of the library that was asked for and is not on the class path or module path.
 * The message names the artifacts to add.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class MissingArtifactException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final List<String> artifacts;

  /**
   * Describes a missing part.
   *
   * @param what what was asked for and what is missing: a sentence
   * @param artifacts what to add, each as {@code groupId:artifactId}
   * @param cause the failure underneath, or null
   */
  public MissingArtifactException(String what, List<String> artifacts, @Nullable Throwable cause) {
    super(what, "Add to the dependencies: " + String.join(", ", artifacts) + ".", cause);
    this.artifacts = List.copyOf(artifacts);
  }

  /** Returns what to add, each as {@code groupId:artifactId}. */
  public List<String> artifacts() {
    return artifacts;
  }
}

package dev.outgrow.codegen;

import java.util.List;

/**
 * What a run did.
 *
 * <p><em>Immutable.</em>
 *
 * @param generated whether jOOQ ran; false where nothing had changed
 * @param fingerprint of the migrations, the settings and the versions of the tools
 * @param files that are generated, by their paths below the directory
 * @param changes what became of which file: {@code new app/db/core/Keys.java}, {@code changed …},
 *     {@code stale …} of one that was deleted
 * @since 0.1
 */
public record CodegenResult(
    boolean generated, String fingerprint, List<String> files, List<String> changes) {
  /** Copies the lists. */
  public CodegenResult {
    files = List.copyOf(files);
    changes = List.copyOf(changes);
  }
}

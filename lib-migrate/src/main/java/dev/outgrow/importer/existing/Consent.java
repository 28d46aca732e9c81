package dev.outgrow.importer.existing;

import dev.outgrow.importer.mapping.Kind;
import java.util.Set;

/**
 * What the caller allowed.
 *
 * @param replace whether rows that the tables hold may be moved aside
 * @param accepted kinds of what may stay behind
 */
record Consent(boolean replace, Set<Kind> accepted) {
  Consent {
    accepted = Set.copyOf(accepted);
  }

  boolean accepts(Kind kind) {
    return accepted.contains(kind);
  }

  /** Returns how to allow what is refused, as the end of a sentence. */
  static String remedy(String what, Kind kind) {
    return ". Add " + what + " to the target, or let it stay behind (--accept " + kind.word() + ")";
  }
}

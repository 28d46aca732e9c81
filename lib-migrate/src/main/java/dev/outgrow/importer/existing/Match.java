package dev.outgrow.importer.existing;

import dev.outgrow.schema.Identifier;
import java.util.List;

/**
 * Which of the target's names one of the file's means: the same one, else the only one that differs
 * in capitals alone.
 *
 * @param candidates the names it could mean: none, one, or several that differ in capitals alone
 */
record Match(List<String> candidates) {

  static Match of(String name, List<String> names) {
    if (names.contains(name)) {
      return new Match(List.of(name));
    }
    String folded = Identifier.folded(name);
    return new Match(names.stream().filter(n -> Identifier.folded(n).equals(folded)).toList());
  }

  boolean missing() {
    return candidates.isEmpty();
  }

  boolean ambiguous() {
    return candidates.size() > 1;
  }

  String name() {
    return candidates.get(0);
  }
}

package dev.outgrow.migration.drift;

import dev.outgrow.schema.comparison.Difference;
import java.util.List;
import java.util.Optional;

/**
 * Where the live schema differs from what one chain makes.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain the chain's name
 * @param version the version that has been applied, and that it is compared with; empty before the
 *     first
 * @param differences the differences: {@code expected} is what the chain makes, {@code actual} what
 *     is there
 * @param notes what has to be known to read them, a sentence each: scripts that were changed since
 *     they ran
 * @since 0.1
 */
public record ChainDrift(
    String chain, Optional<String> version, List<Difference> differences, List<String> notes) {
  /** Copies the lists. */
  public ChainDrift {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Returns it for people: a line, and one for each difference and note. */
  public String text() {
    StringBuilder text = new StringBuilder(chain);
    version.ifPresent(at -> text.append(" at version ").append(at));
    text.append(": ").append(counted()).append('\n');
    differences.forEach(each -> text.append("  ").append(each.text()).append('\n'));
    notes.forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private String counted() {
    return switch (differences.size()) {
      case 0 -> version.isPresent() ? "as its migrations make it" : "nothing has run";
      case 1 -> "1 difference";
      default -> differences.size() + " differences";
    };
  }
}

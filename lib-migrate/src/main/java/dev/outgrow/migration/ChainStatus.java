package dev.outgrow.migration;

import java.util.List;
import java.util.Optional;

/**
 * How one chain is.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain its name
 * @param state how it is; where several things are wrong, the one that has to be mended first
 * @param version the version its schema is at; empty before the first
 * @param target the version its scripts end at; empty if there are only repeatable ones
 * @param pending the scripts that would run, in order
 * @param problems everything that is wrong, a sentence each
 * @param remedy what mends it, with the command; empty if it is current
 * @since 0.1
 */
public record ChainStatus(
    String chain,
    ChainState state,
    Optional<String> version,
    Optional<String> target,
    List<String> pending,
    List<String> problems,
    Optional<String> remedy) {
  /** Copies the lists. */
  public ChainStatus {
    pending = List.copyOf(pending);
    problems = List.copyOf(problems);
  }

  /** Returns it for people: a line, and one for each problem and the remedy. */
  public String text() {
    StringBuilder text = new StringBuilder(chain + ": " + state);
    version.ifPresent(at -> text.append(", at version ").append(at));
    if (!target.equals(version)) {
      target.ifPresent(end -> text.append(", the scripts end at ").append(end));
    }
    if (!pending.isEmpty()) {
      text.append(", ").append(pending.size()).append(" to run");
    }
    text.append('\n');
    problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
    remedy.ifPresent(what -> text.append("  ").append(what).append('\n'));
    return text.toString();
  }
}

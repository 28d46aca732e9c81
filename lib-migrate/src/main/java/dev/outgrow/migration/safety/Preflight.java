package dev.outgrow.migration.safety;

import dev.outgrow.migration.safety.SafetyFinding.Level;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a look at the scripts that are about to run has found. Nothing was written.
 *
 * <p><em>Immutable.</em>
 *
 * @param findings the statements that lock, break or cannot succeed
 * @param offenders the rows that constraints do not accept
 * @param unanswered what could not be looked at, and why, each a sentence
 * @since 0.1
 */
public record Preflight(
    List<SafetyFinding> findings, List<Offenders> offenders, List<String> unanswered) {
  /** Copies the lists. */
  public Preflight {
    findings = List.copyOf(findings);
    offenders = List.copyOf(offenders);
    unanswered = List.copyOf(unanswered);
  }

  /** Nothing was found. */
  public static Preflight clean() {
    return new Preflight(List.of(), List.of(), List.of());
  }

  /** Returns whether nothing was found and everything could be looked at. */
  public boolean isClean() {
    return findings.isEmpty() && offenders.isEmpty() && unanswered.isEmpty();
  }

  /** Returns whether a script is sure to fail on the database as it is. */
  public boolean isSureToFail() {
    return offenders.stream().anyMatch(Offenders::fails)
        || findings.stream().anyMatch(finding -> finding.level() == Level.REFUSE);
  }

  /** Returns this and another. */
  public Preflight and(Preflight other) {
    return new Preflight(
        both(findings, other.findings),
        both(offenders, other.offenders),
        both(unanswered, other.unanswered));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Returns it for people, a paragraph for each; empty if it is clean. */
  public String text() {
    return Stream.of(
            offenders.stream().map(Offenders::text),
            findings.stream().map(SafetyFinding::text),
            unanswered.stream().map(sentence -> "Not looked at: " + sentence))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }
}

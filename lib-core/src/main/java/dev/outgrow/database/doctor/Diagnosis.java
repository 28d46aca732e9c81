package dev.outgrow.database.doctor;

import java.util.List;

/**
 * What a {@link Doctor} found.
 *
 * <p><em>Immutable.</em>
 *
 * @param findings one for each thing that was looked at, in the order in which they were asked for
 * @since 0.1
 */
public record Diagnosis(List<Finding> findings) {
  /** Copies the list. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** How it is with one thing. */
  public enum Verdict {
    /** It is as it has to be. */
    PASS,
    /** It is not. */
    FAIL,
    /** It could not be looked at, because of something before it. */
    SKIPPED
  }

  /**
   * One thing that was looked at.
   *
   * @param check what: {@code reachable}, {@code version}, {@code table users}
   * @param verdict how it is with it
   * @param detail what was found, in a sentence
   * @param remedy what to do, in a sentence; empty where it passes
   */
  public record Finding(String check, Verdict verdict, String detail, String remedy) {}

  /** Returns whether everything passes. */
  public boolean passed() {
    return findings.stream().allMatch(finding -> finding.verdict() == Verdict.PASS);
  }

  /** Returns it for people: a line for each finding, the remedy behind what fails. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          switch (finding.verdict()) {
            case PASS -> "ok       ";
            case FAIL -> "FAIL     ";
            case SKIPPED -> "skipped  ";
          });
      text.append(line(finding.check())).append(": ").append(line(finding.detail()));
      text.append(finding.remedy().isEmpty() ? "" : " " + line(finding.remedy())).append('\n');
    }
    return text.toString();
  }

  /** Names of tables come from whoever asks. */
  private static String line(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}

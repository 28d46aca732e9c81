package dev.outgrow.migration.safety;

import java.util.stream.Collectors;

/**
 * A statement of a script that locks, breaks or cannot succeed.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain the chain
 * @param script the script's file name
 * @param line the line the statement begins on, from 1
 * @param rule what was found
 * @param level how bad it is
 * @param what what the statement does to which table, a sentence
 * @param safeWay how the same is done safely, as SQL with comments; it may take several scripts
 * @since 0.1
 */
public record SafetyFinding(
    String chain, String script, int line, Rule rule, Level level, String what, String safeWay) {
  /** How bad it is. */
  public enum Level {
    /** It runs, and a running application notices it. */
    WARN,
    /** It cannot succeed on the database as it is. */
    REFUSE
  }

  /** Returns it for people: a line, and the safe way indented beneath. */
  public String text() {
    String head =
        script + ", line " + line + ", of chain " + chain + " (" + rule.id() + "): " + what;
    return head + safeWay.lines().map(step -> "\n    " + step).collect(Collectors.joining());
  }
}

package dev.outgrow.migration.ownership;

import java.util.Optional;

/**
 * A script that changes what is not its chain's.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain the script's chain
 * @param script its file name, or the class of a migration in Java
 * @param object the table, or the view, function or the like, that it changes
 * @param owner the chain that owns it; empty where no chain says so, and the script's own chain
 *     says which tables it owns without naming this one
 * @param change what it does to it, in words
 * @since 0.1
 */
public record Violation(
    String chain, String script, String object, Optional<String> owner, String change) {
  /** Returns it for people, on one line. */
  public String text() {
    return script
        + " of chain "
        + chain
        + " changes "
        + object
        + owner
            .map(other -> ", which is chain " + other + "'s")
            .orElse(", which is not among the tables that the chain owns")
        + ": "
        + change
        + ".";
  }
}

package dev.outgrow.migration.ownership;

/**
 * A table that a chain says it owns and that is not there once all its migrations have run.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain the chain's name
 * @param table the table's name
 * @since 0.1
 */
public record UnmadeTable(String chain, String table) {
  /** Returns it for people, on one line. */
  public String text() {
    return "Chain " + chain + " owns table " + table + ", which none of its migrations makes.";
  }
}

package dev.outgrow.migration;

/**
 * How a chain's schema is, compared with its scripts.
 *
 * @since 0.1
 */
public enum ChainState {
  /** Nothing of the chain is there yet. */
  EMPTY("empty"),
  /** Everything has run, as the scripts are. */
  CURRENT("current"),
  /** Something is left to run. */
  PENDING("pending"),
  /** A version below those that have run has not. */
  OUT_OF_ORDER("out of order"),
  /** A script is not any more what has run. */
  CHANGED("changed"),
  /** A script that has run is not there any more. */
  MISSING("missing"),
  /** A migration failed outside of a transaction, or was ended in the middle. */
  FAILED("failed"),
  /** The schema is newer than the scripts. */
  AHEAD("ahead"),
  /** A chain that it requires is not there, or ends before the version it requires. */
  BLOCKED("blocked"),
  /** Tables are there, and no history that says who made them. */
  UNKNOWN_TABLES("unknown tables");

  private final String words;

  ChainState(String words) {
    this.words = words;
  }

  /** Returns whether running what is pending is all it takes. */
  boolean canMigrate() {
    return this == EMPTY || this == CURRENT || this == PENDING;
  }

  /** Returns it for people. */
  @Override
  public String toString() {
    return words;
  }
}

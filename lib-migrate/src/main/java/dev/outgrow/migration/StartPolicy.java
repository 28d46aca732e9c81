package dev.outgrow.migration;

/**
 * What {@link Migrations#start} may change.
 *
 * @since 0.1
 */
public enum StartPolicy {
  /**
   * A chain of which nothing is there yet is initialised; one that is behind is refused. The
   * default.
   */
  INITIALISE_EMPTY,
  /** Whatever is pending runs. */
  MIGRATE,
  /** Nothing: whatever is not current is refused, the empty database as well. */
  CHECK_ONLY
}

package dev.outgrow.migration.ownership;

/**
 * What becomes of a script that creates, alters or drops a table outside its own chain, where
 * chains say which tables they own.
 *
 * @since 0.1
 */
public enum OwnershipPolicy {
  /**
   * Pending scripts run in a scratch database first. One that changes another's table is refused
   * before anything runs for real, and so is the run where no scratch database can be made.
   */
  ENFORCED,
  /**
   * As {@link #ENFORCED}, but where the user may not make a scratch database and none is handed in,
   * or what has run here already fails there, the run goes on unguarded and a warning is logged.
   * The default.
   */
  WHERE_POSSIBLE,
  /** Nothing is tried first. */
  UNCHECKED
}

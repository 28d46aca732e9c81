package dev.outgrow.migration;

import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.migration.safety.Safety;
import java.time.Duration;

/**
 * What is the same for all chains.
 *
 * @param setup runs before the first migration of every run
 * @param patience how long another instance that is migrating is waited for
 * @param outOfOrder whether versions below those that have run are run as well
 * @param commands names the commands of remedies
 * @param safety how strictly scripts are looked at before they run
 * @param locks how long their statements wait for locks
 */
record MigrationSettings(
    DatabaseSetup setup,
    Duration patience,
    boolean outOfOrder,
    Commands commands,
    Safety safety,
    LockLimits locks) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRAM = "outgrow";

  static MigrationSettings ofDefaults() {
    return new MigrationSettings(
        DatabaseSetup.of(),
        PATIENCE,
        false,
        new Commands(PROGRAM),
        Safety.warn(),
        LockLimits.ofDefaults());
  }

  MigrationSettings setup(DatabaseSetup other) {
    return new MigrationSettings(other, patience, outOfOrder, commands, safety, locks);
  }

  MigrationSettings patience(Duration other) {
    return new MigrationSettings(setup, other, outOfOrder, commands, safety, locks);
  }

  MigrationSettings outOfOrder(boolean allowed) {
    return new MigrationSettings(setup, patience, allowed, commands, safety, locks);
  }

  MigrationSettings program(String program) {
    return new MigrationSettings(setup, patience, outOfOrder, new Commands(program), safety, locks);
  }

  MigrationSettings safety(Safety other) {
    return new MigrationSettings(setup, patience, outOfOrder, commands, other, locks);
  }

  MigrationSettings locks(LockLimits other) {
    return new MigrationSettings(setup, patience, outOfOrder, commands, safety, other);
  }
}

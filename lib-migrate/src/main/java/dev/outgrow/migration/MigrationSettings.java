package dev.outgrow.migration;

import dev.outgrow.database.setup.DatabaseSetup;
import java.time.Duration;

/**
 * What is the same for all chains.
 *
 * @param setup runs before the first migration of every run
 * @param patience how long another instance that is migrating is waited for
 * @param outOfOrder whether versions below those that have run are run as well
 * @param commands names the commands of remedies
 */
record MigrationSettings(
    DatabaseSetup setup, Duration patience, boolean outOfOrder, Commands commands) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRAM = "outgrow";

  static MigrationSettings ofDefaults() {
    return new MigrationSettings(DatabaseSetup.of(), PATIENCE, false, new Commands(PROGRAM));
  }

  MigrationSettings setup(DatabaseSetup other) {
    return new MigrationSettings(other, patience, outOfOrder, commands);
  }

  MigrationSettings patience(Duration other) {
    return new MigrationSettings(setup, other, outOfOrder, commands);
  }

  MigrationSettings outOfOrder(boolean allowed) {
    return new MigrationSettings(setup, patience, allowed, commands);
  }

  MigrationSettings program(String program) {
    return new MigrationSettings(setup, patience, outOfOrder, new Commands(program));
  }
}

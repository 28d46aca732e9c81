package dev.outgrow.migration;

import dev.outgrow.database.setup.DatabaseSetup;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is the same for all chains.
 *
 * @param setup runs before the first migration of every run
 * @param patience how long another instance that is migrating is waited for
 * @param outOfOrder whether versions below those that have run are run as well
 * @param commands names the commands of remedies
 * @param listeners are told of what runs, in this order
 */
record MigrationSettings(
    DatabaseSetup setup,
    Duration patience,
    boolean outOfOrder,
    Commands commands,
    List<MigrationListener> listeners) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRAM = "outgrow";

  static MigrationSettings ofDefaults() {
    return new MigrationSettings(
        DatabaseSetup.of(), PATIENCE, false, new Commands(PROGRAM), List.of());
  }

  MigrationSettings setup(DatabaseSetup other) {
    return new MigrationSettings(other, patience, outOfOrder, commands, listeners);
  }

  MigrationSettings patience(Duration other) {
    return new MigrationSettings(setup, other, outOfOrder, commands, listeners);
  }

  MigrationSettings outOfOrder(boolean allowed) {
    return new MigrationSettings(setup, patience, allowed, commands, listeners);
  }

  MigrationSettings program(String program) {
    return new MigrationSettings(setup, patience, outOfOrder, new Commands(program), listeners);
  }

  MigrationSettings listener(MigrationListener added) {
    List<MigrationListener> all = Stream.concat(listeners.stream(), Stream.of(added)).toList();
    return new MigrationSettings(setup, patience, outOfOrder, commands, all);
  }

  MigrationSettings withoutListeners() {
    return new MigrationSettings(setup, patience, outOfOrder, commands, List.of());
  }
}

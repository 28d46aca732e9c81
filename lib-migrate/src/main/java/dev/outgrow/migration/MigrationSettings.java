package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ownership.OwnershipPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all chains.
 *
 * @param setup runs before the first migration of every run
 * @param patience how long another instance that is migrating is waited for
 * @param outOfOrder whether versions below those that have run are run as well
 * @param commands names the commands of remedies
 * @param scratch gives empty databases, or null where they are made beside the database
 * @param ownership whether the tables that chains own are guarded
 * @param backups how many copies of a SQLite file are kept; 0 makes none
 */
record MigrationSettings(
    DatabaseSetup setup,
    Duration patience,
    boolean outOfOrder,
    Commands commands,
    @Nullable Supplier<Database> scratch,
    OwnershipPolicy ownership,
    int backups) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRAM = "outgrow";
  private static final int BACKUPS = 3;
  private static final int MOST_BACKUPS = 1000;

  static MigrationSettings ofDefaults() {
    return new MigrationSettings(
        DatabaseSetup.of(),
        PATIENCE,
        false,
        new Commands(PROGRAM),
        null,
        OwnershipPolicy.WHERE_POSSIBLE,
        BACKUPS);
  }

  MigrationSettings setup(DatabaseSetup other) {
    return new MigrationSettings(
        other, patience, outOfOrder, commands, scratch, ownership, backups);
  }

  MigrationSettings patience(Duration other) {
    return new MigrationSettings(setup, other, outOfOrder, commands, scratch, ownership, backups);
  }

  MigrationSettings outOfOrder(boolean allowed) {
    return new MigrationSettings(setup, patience, allowed, commands, scratch, ownership, backups);
  }

  MigrationSettings program(String program) {
    return new MigrationSettings(
        setup, patience, outOfOrder, new Commands(program), scratch, ownership, backups);
  }

  MigrationSettings scratch(Supplier<Database> source) {
    return new MigrationSettings(setup, patience, outOfOrder, commands, source, ownership, backups);
  }

  MigrationSettings ownership(OwnershipPolicy policy) {
    return new MigrationSettings(setup, patience, outOfOrder, commands, scratch, policy, backups);
  }

  MigrationSettings backups(int kept) {
    if (kept < 0 || kept > MOST_BACKUPS) {
      throw new ConfigurationException("backups", Integer.toString(kept), "0 to " + MOST_BACKUPS);
    }
    return new MigrationSettings(setup, patience, outOfOrder, commands, scratch, ownership, kept);
  }
}

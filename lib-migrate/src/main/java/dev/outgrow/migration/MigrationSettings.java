package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ownership.OwnershipPolicy;
import dev.outgrow.migration.safety.Safety;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all chains. Copies with something changed are made by {@link #with}.
 *
 * @param setup runs before the first migration of every run
 * @param patience how long another instance that is migrating is waited for
 * @param outOfOrder whether versions below those that have run are run as well
 * @param commands names the commands of remedies
 * @param listeners are told of what runs, in this order
 * @param safety how strictly scripts are looked at before they run
 * @param locks how long their statements wait for locks
 * @param scratch gives empty databases, or null where they are made beside the database
 * @param ownership whether the tables that chains own are guarded
 * @param backups how many copies of a SQLite file are kept; 0 makes none
 */
record MigrationSettings(
    DatabaseSetup setup,
    Duration patience,
    boolean outOfOrder,
    Commands commands,
    List<MigrationListener> listeners,
    Safety safety,
    LockLimits locks,
    @Nullable Supplier<Database> scratch,
    OwnershipPolicy ownership,
    int backups) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PROGRAM = "outgrow";
  private static final int BACKUPS = 3;
  private static final int MOST_BACKUPS = 1000;

  MigrationSettings {
    if (backups < 0 || backups > MOST_BACKUPS) {
      throw new ConfigurationException(
          "backups", Integer.toString(backups), "0 to " + MOST_BACKUPS);
    }
  }

  static MigrationSettings ofDefaults() {
    return new MigrationSettings(
        DatabaseSetup.of(),
        PATIENCE,
        false,
        new Commands(PROGRAM),
        List.of(),
        Safety.warn(),
        LockLimits.ofDefaults(),
        null,
        OwnershipPolicy.WHERE_POSSIBLE,
        BACKUPS);
  }

  /** Returns these with something changed. */
  MigrationSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  /** Settings that are being changed. */
  static final class Draft {
    DatabaseSetup setup;
    Duration patience;
    boolean outOfOrder;
    Commands commands;
    List<MigrationListener> listeners;
    Safety safety;
    LockLimits locks;
    @Nullable Supplier<Database> scratch;
    OwnershipPolicy ownership;
    int backups;

    private Draft(MigrationSettings from) {
      setup = from.setup;
      patience = from.patience;
      outOfOrder = from.outOfOrder;
      commands = from.commands;
      listeners = from.listeners;
      safety = from.safety;
      locks = from.locks;
      scratch = from.scratch;
      ownership = from.ownership;
      backups = from.backups;
    }

    void add(MigrationListener listener) {
      listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
    }

    /**
     * In a scratch database nobody is told, nobody can be locked out, and nothing is lost; whose
     * table it is need not be tried in another.
     */
    void forScratch() {
      listeners = List.of();
      safety = Safety.off();
      backups = 0;
      ownership = OwnershipPolicy.UNCHECKED;
    }

    private MigrationSettings made() {
      return new MigrationSettings(
          setup,
          patience,
          outOfOrder,
          commands,
          listeners,
          safety,
          locks,
          scratch,
          ownership,
          backups);
    }
  }
}

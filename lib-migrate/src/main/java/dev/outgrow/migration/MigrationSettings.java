package dev.outgrow.migration;

import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.migration.safety.Safety;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
 */
record MigrationSettings(
    DatabaseSetup setup,
    Duration patience,
    boolean outOfOrder,
    Commands commands,
    List<MigrationListener> listeners,
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
        List.of(),
        Safety.warn(),
        LockLimits.ofDefaults());
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

    private Draft(MigrationSettings from) {
      setup = from.setup;
      patience = from.patience;
      outOfOrder = from.outOfOrder;
      commands = from.commands;
      listeners = from.listeners;
      safety = from.safety;
      locks = from.locks;
    }

    void add(MigrationListener listener) {
      listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
    }

    /** Nobody is told of what runs in a scratch database, and nothing can be locked there. */
    void forScratch() {
      listeners = List.of();
      safety = Safety.off();
    }

    private MigrationSettings made() {
      return new MigrationSettings(setup, patience, outOfOrder, commands, listeners, safety, locks);
    }
  }
}

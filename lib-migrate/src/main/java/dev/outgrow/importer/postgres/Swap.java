package dev.outgrow.importer.postgres;

import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.SwapSql;
import dev.outgrow.importer.plan.TargetState;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one transaction that puts the staging schema in the target's place. What the target holds is
 * looked at under the locks, so that nothing an application made meanwhile is lost or half moved.
 */
final class Swap {
  private final ImportSession session;
  private final ImportNames names;

  Swap(ImportSession session, ImportNames names) {
    this.session = session;
    this.names = names;
  }

  /**
   * Does it, in the transaction that is open.
   *
   * @param replace whether what the target holds may be moved aside
   */
  Swapped run(LockRetry.Locks locks, boolean replace) throws SQLException {
    TargetState staged = TargetStates.read(session.connection(), names.staging());
    boolean moves = rehearse();
    Tables tables = new Tables(session, locks);
    if (moves) {
      // First our own, which only autovacuum may have: nobody waits meanwhile.
      tables.lock(staged);
    }
    TargetState state = tables.lockAll(names.target(), staged.holds());
    if (state.exists() && !moves) {
      tables.lock(staged); // somebody has made the schema since
    }
    TargetStates.refuseUnlessEmptyOr(replace, state);
    List<KeptProperty> properties = properties(state);
    if (!state.exists()) {
      session.run(LeftOvers.uncomment(names));
    }
    session.runAll(SwapSql.of(names, state, staged.holds()));
    List<NotCarried> lost = KeptProperty.give(session, names.target(), properties);
    String before = state.holds().isEmpty() ? "" : names.before();
    return new Swapped(
        new Moved(!state.exists(), before, List.of(), List.of(), false),
        Stream.concat(TargetStates.dependents(state).stream(), lost.stream()).toList());
  }

  /**
   * What is asked under the locks is asked once before: the second answer comes much faster.
   *
   * @return whether tables move; else the schema is renamed, which needs no lock of any
   */
  private boolean rehearse() throws SQLException {
    TargetState state = TargetStates.read(session.connection(), names.target());
    properties(state);
    return state.exists();
  }

  /** A schema that is not there has no tables to take anything from. */
  private List<KeptProperty> properties(TargetState state) throws SQLException {
    return state.exists() ? KeptProperty.read(session.connection(), names) : List.of();
  }
}

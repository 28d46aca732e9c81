package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.SwapSql;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.plan.TargetState.Holding;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one transaction that puts the staging schema in the target's place. What the target holds is
 * looked at under the locks, so that nothing an application made meanwhile is lost or half moved.
 */
final class Swap {
  private static final String LOCK = " IN ACCESS EXCLUSIVE MODE";

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
   * @param accepted what may be left behind
   */
  Swapped run(LockRetry.Locks locks, boolean replace, Set<Kind> accepted) throws SQLException {
    TargetState staged = TargetStates.read(session.connection(), names.staging());
    // First our own, which only autovacuum may have: nobody waits meanwhile.
    lock(locks, names.staging(), staged.holds());
    TargetState state = lockTarget(locks, staged);
    TargetStates.refuseUnlessEmptyOr(replace, state);
    TargetStates.refuseDependents(state, accepted);
    List<KeptProperty> properties = KeptProperty.read(session.connection(), names);
    session.runAll(SwapSql.of(names, state, staged.holds()));
    List<NotCarried> lost = KeptProperty.give(session, names.target(), properties);
    return new Swapped(
        state.holds().isEmpty() ? "" : names.before(),
        Stream.concat(TargetStates.dependents(state).stream(), lost.stream()).toList());
  }

  /** Others may make tables until everything is locked that there is. */
  private TargetState lockTarget(LockRetry.Locks locks, TargetState staged) throws SQLException {
    List<Holding> locked = new ArrayList<>();
    while (true) {
      TargetState state = TargetStates.read(session.connection(), names.target(), staged.holds());
      List<Holding> more = state.holds().stream().filter(h -> !locked.contains(h)).toList();
      if (more.isEmpty()) {
        return state;
      }
      refuseForeign(state);
      lock(locks, names.target(), more);
      locked.addAll(more);
    }
  }

  /** The server would say it of the first table alone, and not what can be done. */
  private void refuseForeign(TargetState state) throws SQLException {
    List<String> foreign = TargetStates.notOurs(session.connection(), names.target());
    if (!foreign.isEmpty()) {
      throw new TargetException(
          state.schema(),
          foreign,
          "What schema "
              + state.schema()
              + " holds cannot be moved aside: this user does not own "
              + String.join(", ", foreign)
              + ".",
          "Connect as a user who owns them, or as a member of the role that does.",
          null);
    }
  }

  /** Views and sequences are locked when they are moved: to lock a view locks what it reads. */
  private void lock(LockRetry.Locks locks, String schema, List<Holding> holdings)
      throws SQLException {
    String tables =
        holdings.stream()
            .filter(h -> h.kind().equals("TABLE"))
            .map(h -> "ONLY " + Dialect.POSTGRESQL.quote(Identifier.of(schema, h.name())))
            .collect(Collectors.joining(", "));
    if (!tables.isEmpty()) {
      locks.take("LOCK TABLE " + tables + LOCK);
    }
  }
}

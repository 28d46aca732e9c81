package dev.outgrow.importer.postgres;

import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.plan.TargetState.Holding;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Locks the tables of a schema so that nobody else uses them until the transaction ends. */
final class Tables {
  private final ImportSession session;
  private final LockRetry.Locks locks;

  Tables(ImportSession session, LockRetry.Locks locks) {
    this.session = session;
    this.locks = locks;
  }

  /** Locks what a schema is known to hold. */
  void lock(TargetState state) throws SQLException {
    lock(state.schema(), state.holds());
  }

  /**
   * Locks all there is. Others may make tables until everything is locked.
   *
   * @param incoming what is to be moved there
   * @return what it holds
   */
  TargetState lockAll(String schema, List<Holding> incoming) throws SQLException {
    List<Holding> locked = new ArrayList<>();
    while (true) {
      TargetState state = TargetStates.read(session.connection(), schema, incoming);
      List<Holding> more = state.holds().stream().filter(h -> !locked.contains(h)).toList();
      if (more.isEmpty()) {
        return state;
      }
      TargetStates.refuseForeign(session.connection(), state);
      lock(schema, more);
      locked.addAll(more);
    }
  }

  /** Views and sequences are locked when they are moved: to lock a view locks what it reads. */
  private void lock(String schema, List<Holding> holdings) throws SQLException {
    String tables =
        holdings.stream()
            .filter(h -> h.kind().equals("TABLE"))
            .map(h -> "ONLY " + Dialect.POSTGRESQL.quote(Identifier.of(schema, h.name())))
            .collect(Collectors.joining(", "));
    if (!tables.isEmpty()) {
      locks.take("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
    }
  }
}

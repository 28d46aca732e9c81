package dev.outgrow.importer.postgres;

import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.SwapSql;
import dev.outgrow.importer.plan.TargetState;
import java.sql.SQLException;
import java.util.List;

/**
 * A swap the other way: what the target holds by now moves aside as a whole, and what was kept
 * moves back. Nothing is lost that was written since.
 */
final class Undo {
  private final ImportSession session;
  private final ImportNames names;
  private final Moved moved;

  Undo(ImportSession session, ImportNames names, Moved moved) {
    this.session = session;
    this.names = names;
    this.moved = moved;
  }

  /**
   * Does it, in the transaction that is open.
   *
   * @return what tables of the former state could not be given
   */
  List<NotCarried> run(LockRetry.Locks locks) throws SQLException {
    TargetState kept = TargetStates.whole(session.connection(), names.before());
    Tables tables = new Tables(session, locks);
    tables.lock(kept);
    TargetState now = tables.lockAll(names.target(), kept.holds());
    TargetStates.refuseDependents(now);
    List<KeptProperty> published =
        KeptProperty.publications(
            session.connection(), names.target(), names.before(), names.undone());
    session.runAll(SwapSql.undo(names, now, kept, moved.made()));
    return KeptProperty.give(session, names.target(), published);
  }
}

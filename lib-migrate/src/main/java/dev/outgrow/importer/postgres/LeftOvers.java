package dev.outgrow.importer.postgres;

import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.journal.JournalState;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what killed imports have left behind, by the journal and by the comments on their staging
 * schemas, and takes away what provably belongs to nobody any more.
 */
final class LeftOvers {
  static final String STAGING = "outgrow_staging_";
  private static final String REJECTS = "_rejects";
  private static final String COMMENT = "Outgrow stages an import into schema ";
  private static final String NO_RIGHT = "42501";

  private static final String SCHEMAS =
      "SELECT nspname, coalesce(pg_catalog.obj_description(oid, 'pg_namespace'), '')"
          + " FROM pg_catalog.pg_namespace WHERE nspname LIKE 'outgrow\\_staging\\_%' ORDER BY nspname";

  private LeftOvers() {}

  /** Returns the statement by which a staging schema says whose it is. */
  static String comment(ImportNames names) {
    return "COMMENT ON SCHEMA "
        + Dialect.POSTGRESQL.quote(names.staging())
        + " IS "
        + Dialect.POSTGRESQL.literal(COMMENT + names.target());
  }

  /** Returns the statement that takes that away. */
  static String uncomment(ImportNames names) {
    return "COMMENT ON SCHEMA " + Dialect.POSTGRESQL.quote(names.staging()) + " IS NULL";
  }

  /** Returns everything that is staged, or that the journal believes to be. */
  static List<LeftOver> find(Connection connection, Optional<Journal> journal) throws SQLException {
    Map<String, String> schemas = schemas(connection);
    Map<String, JournalEntry> entries = new LinkedHashMap<>();
    if (journal.isPresent()) {
      for (JournalEntry entry : journal.get().entries()) {
        if (isOpen(entry) || schemas.containsKey(entry.begun().staging())) {
          entries.put(entry.begun().staging(), entry);
        }
      }
    }
    List<LeftOver> found = new ArrayList<>();
    for (Map.Entry<String, JournalEntry> each : entries.entrySet()) {
      String target = each.getValue().begun().target();
      found.add(leftOver(connection, each.getKey(), target, schemas, entries));
    }
    for (Map.Entry<String, String> each : schemas.entrySet()) {
      if (!entries.containsKey(each.getKey())) {
        found.add(leftOver(connection, each.getKey(), each.getValue(), schemas, entries));
      }
    }
    return found;
  }

  private static boolean isOpen(JournalEntry entry) {
    return entry.state() == JournalState.LOADING || entry.state() == JournalState.STOPPED;
  }

  private static LeftOver leftOver(
      Connection connection,
      String staging,
      String target,
      Map<String, String> schemas,
      Map<String, JournalEntry> entries)
      throws SQLException {
    return new LeftOver(
        staging,
        target,
        schemas.containsKey(staging),
        !target.isEmpty() && TargetClaim.isHeld(connection, target),
        Optional.ofNullable(entries.get(staging)));
  }

  /** Staging schemas, and the target each of them names; that of rejects belongs to its own. */
  private static Map<String, String> schemas(Connection connection) throws SQLException {
    Map<String, String> targets = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SCHEMAS)) {
      while (rows.next()) {
        String name = rows.getString(1);
        String comment = rows.getString(2);
        String staging =
            name.endsWith(REJECTS) ? name.substring(0, name.length() - REJECTS.length()) : name;
        String target = comment.startsWith(COMMENT) ? comment.substring(COMMENT.length()) : "";
        targets.merge(staging, target, (a, b) -> a.isEmpty() ? b : a);
      }
    }
    return targets;
  }

  /**
   * Takes one away, if it is known whose it was and that nobody works on it.
   *
   * @param own the schema that this session has the claim on
   * @param besides takes away what it has left elsewhere, before its last trace here is gone
   * @return what was done, in a sentence; empty where it has to stay
   */
  static String clean(
      ImportSession session,
      Optional<Journal> journal,
      LeftOver leftOver,
      String own,
      Consumer<LeftOver> besides)
      throws SQLException {
    Connection connection = session.connection();
    boolean ours = leftOver.target().equals(own);
    if (leftOver.target().isEmpty()
        || (!ours && !TargetClaim.tryTake(connection, leftOver.target()))) {
      return "";
    }
    try {
      if (leftOver.entry().map(LeftOvers::isOpen).orElse(true)) {
        besides.accept(leftOver);
      }
      session.inTransaction(() -> drop(session, journal, leftOver));
      return "Cleaned what the import of "
          + leftOver.entry().map(e -> e.started().toString()).orElse("an unknown time")
          + " into schema "
          + leftOver.target()
          + " had left behind in schema "
          + leftOver.staging()
          + ".";
    } catch (SQLException e) {
      if (!NO_RIGHT.equals(e.getSQLState())) {
        throw e;
      }
      return "Schema "
          + leftOver.staging()
          + " is left over from an import into schema "
          + leftOver.target()
          + " and belongs to another user, who alone may drop it.";
    } finally {
      if (!ours) {
        TargetClaim.giveBack(connection, leftOver.target());
      }
    }
  }

  private static boolean drop(ImportSession session, Optional<Journal> journal, LeftOver leftOver)
      throws SQLException {
    session.run(dropSql(leftOver.staging()));
    if (journal.isPresent() && leftOver.entry().isPresent()) {
      String id = leftOver.id();
      journal.get().dropped(id);
      if (journal.get().entry(id).filter(LeftOvers::isOpen).isPresent()) {
        journal.get().state(id, JournalState.FAILED, "A later import took away what it had left.");
      }
    }
    return true;
  }

  /** Returns the statement that drops a staging schema and that of its rejects. */
  static String dropSql(String staging) {
    return "DROP SCHEMA IF EXISTS "
        + Dialect.POSTGRESQL.quoteAll(List.of(staging, staging + REJECTS))
        + " CASCADE";
  }
}

package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.journal.JournalState;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal knows of imports, and what can still be done to them. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class PastImports implements AutoCloseable {
  private static final String EXISTING = "existing";
  private static final String SIZES =
      "SELECT n.nspname, coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)), 0)"
          + " FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_class c"
          + " ON c.relnamespace = n.oid AND c.relkind IN ('r', 'm', 'S')"
          + " WHERE n.nspname LIKE '%\\_before\\_%' OR n.nspname LIKE '%\\_undone\\_%' GROUP BY n.nspname";

  private static final Logger LOG = LoggerFactory.getLogger(PastImports.class);

  private final Database database;
  private final ImportSession session;
  private final LockPatience patience;
  private final Waker waker;
  private volatile boolean stopped;

  private PastImports(Database database, LockPatience patience) {
    this.database = database;
    this.session = ImportSession.open(database, "outgrow");
    this.patience = patience;
    this.waker = new Waker(session.connection());
  }

  /**
   * An import that was undone.
   *
   * @param target the schema it was in
   * @param kept the schema that keeps what it had brought, if anything does
   * @param lost what tables of the former state could not be given
   */
  public record Undone(String target, Optional<String> kept, List<NotCarried> lost) {
    /** Copies the list. */
    public Undone {
      lost = List.copyOf(lost);
    }
  }

  /** Borrows a connection for it. */
  public static PastImports open(Database database, LockPatience patience) {
    return new PastImports(database, patience);
  }

  /** Returns what is known of all imports, the latest first; nothing where there is no journal. */
  public List<JournalEntry> entries() {
    try {
      return all();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Reading the journal of imports");
    }
  }

  private List<JournalEntry> all() throws SQLException {
    Optional<Journal> journal = Journal.find(session.connection());
    return journal.isPresent() ? journal.get().entries() : List.of();
  }

  /** Returns the schemas that keep something for imports, with their bytes. */
  public Map<String, Long> kept() {
    try {
      return sizes();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking at what is kept of imports");
    }
  }

  private Map<String, Long> sizes() throws SQLException {
    Map<String, Long> kept = new LinkedHashMap<>();
    Catalogue.askSql(
        session.connection(), SIZES, row -> kept.put(row.getString(1), row.getLong(2)));
    return kept;
  }

  /**
   * Returns why an import cannot be undone; null if it can, as far as that can be told before.
   *
   * @param all all imports, the latest first
   * @param kept the schemas that there are
   */
  public static @Nullable String whyNotUndone(
      JournalEntry entry, List<JournalEntry> all, Set<String> kept) {
    if (entry.state() != JournalState.SWAPPED) {
      return switch (entry.state()) {
        case UNDONE -> "it is undone already";
        case DISCARDED -> "what was there before it is dropped";
        default -> "it is not in the target's place";
      };
    }
    for (JournalEntry later : all) {
      if (later.id().equals(entry.id())) {
        break;
      }
      if (later.begun().target().equals(entry.begun().target())
          && (later.state() == JournalState.SWAPPED || later.state() == JournalState.DISCARDED)) {
        return "a later import, " + later.id() + ", is in its place";
      }
    }
    String swapped = entry.swapped();
    if (swapped == null) {
      return "the journal does not say what was moved";
    }
    Moved moved = Moved.of(swapped);
    if (moved.appended()) {
      return "its rows were added to those that the tables held, and nothing tells them from others any more";
    }
    String before = moved.before();
    return before.isEmpty() || kept.contains(before)
        ? null
        : "schema " + before + ", which kept what was there before it, is gone";
  }

  /** Has the server give up what it does for this. Thread-safe, and does not wait for it. */
  public void cancelStatement() {
    stopped = true;
    waker.wake();
  }

  /**
   * Brings back what was there before an import.
   *
   * @throws TargetException if it cannot be undone, with the reason; nothing is changed then
   */
  public Undone undo(String id) {
    JournalEntry asked = of(entries(), id);
    return change(
        asked,
        asked.begun().target(),
        new Doing("Undoing import " + id, "import " + id + " was undone"),
        this::undo,
        another -> now(another, id).map(e -> e.state() == JournalState.UNDONE));
  }

  private Undone undo(LockRetry.Locks locks, Journal journal, JournalEntry entry)
      throws SQLException {
    String id = entry.id();
    String why = whyNotUndone(entry, all(), sizes().keySet());
    if (why != null || entry.swapped() == null) {
      throw refused(entry, "Import " + id + " cannot be undone: " + why + ".");
    }
    Moved moved = Moved.of(entry.swapped());
    List<NotCarried> lost = List.of();
    if (entry.begun().mode().equals(EXISTING)) {
      new Restore(session, names(entry), moved).run(locks);
    } else {
      lost = new Undo(session, names(entry), moved).run(locks);
    }
    journal.state(id, JournalState.UNDONE, "");
    String undone = names(entry).undone();
    boolean kept = TargetStates.exists(session.connection(), undone);
    return new Undone(entry.begun().target(), kept ? Optional.of(undone) : Optional.empty(), lost);
  }

  /**
   * Drops what is kept for an import: what was there before it or, if it is undone, what it had
   * brought.
   *
   * @return the schemas that are gone
   * @throws TargetException if nothing is kept, or something else uses it; nothing is changed then
   */
  public List<String> discard(String id) {
    JournalEntry asked = of(entries(), id);
    return change(
        asked,
        asked.state() == JournalState.UNDONE ? names(asked).undone() : asked.begun().before(),
        new Doing(
            "Discarding what is kept of import " + id,
            "what is kept of import " + id + " was dropped"),
        this::discard,
        another -> {
          Optional<JournalEntry> now = now(another, id);
          return now.isPresent()
              ? Optional.of(keptOf(another, now.get()).isEmpty())
              : Optional.empty();
        });
  }

  private List<String> discard(LockRetry.Locks locks, Journal journal, JournalEntry entry)
      throws SQLException {
    List<String> schemas = keptOf(session.connection(), entry);
    if (schemas.isEmpty()) {
      throw refused(entry, "Nothing is kept of import " + entry.id() + ".");
    }
    drop(entry, schemas);
    if (entry.state() == JournalState.SWAPPED) {
      journal.state(entry.id(), JournalState.DISCARDED, "");
    }
    return schemas;
  }

  /** Over another connection, where the answer to what was done is lost. */
  private static Optional<JournalEntry> now(Connection another, String id) throws SQLException {
    Optional<Journal> journal = Journal.find(another);
    return journal.isPresent() ? journal.get().entry(id) : Optional.empty();
  }

  private static List<String> keptOf(Connection connection, JournalEntry entry)
      throws SQLException {
    List<String> schemas = new ArrayList<>();
    switch (entry.state()) {
      case SWAPPED -> {
        schemas.add(entry.begun().before());
        schemas.add(names(entry).former());
      }
      case UNDONE -> {
        schemas.add(names(entry).undone());
        schemas.add(entry.begun().rejects());
      }
      default -> {
        return List.of();
      }
    }
    List<String> there = new ArrayList<>();
    for (String schema : schemas) {
      if (TargetStates.exists(connection, schema)) {
        there.add(schema);
      }
    }
    return there;
  }

  /** Drops schemas, unless that would drop anything else. */
  private void drop(JournalEntry entry, List<String> schemas) throws SQLException {
    String[] names = {schemas.get(0), schemas.get(schemas.size() - 1)};
    Set<String> before = new TreeSet<>(everything(names));
    session.run("DROP SCHEMA " + Dialect.POSTGRESQL.quoteAll(schemas) + " CASCADE");
    everything(names).forEach(before::remove);
    if (!before.isEmpty()) {
      throw new TargetException(
          entry.begun().target(),
          List.copyOf(before),
          "What is kept of import "
              + entry.id()
              + " is used elsewhere: "
              + String.join(", ", before)
              + ".",
          "Drop that first, or let it use something else; nothing is dropped.",
          null);
    }
  }

  private List<String> everything(String... but) throws SQLException {
    return Catalogue.ask(session.connection(), "everything.sql", row -> row.getString(1), but);
  }

  private static ImportNames names(JournalEntry entry) {
    return ImportNames.of(entry.begun().target(), entry.id());
  }

  private static JournalEntry of(List<JournalEntry> all, String id) {
    return all.stream()
        .filter(e -> e.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new TargetException(
                    "outgrow",
                    List.of(),
                    "The journal knows of no import " + id + ".",
                    "See which there are: outgrow imports.",
                    null));
  }

  private static TargetException refused(JournalEntry entry, String what) {
    return new TargetException(
        entry.begun().target(), List.of(), what, "See what can be done: outgrow imports.", null);
  }

  private interface Change<T> {
    T make(LockRetry.Locks locks, Journal journal, JournalEntry entry) throws SQLException;
  }

  /** What is done: as the beginning of "failed", and as the end of "was lost while". */
  private record Doing(String it, String done) {}

  private <T> T change(
      JournalEntry asked, String locked, Doing doing, Change<T> change, Outcome.Asking asking) {
    String target = asked.begun().target();
    try {
      session.claim(target);
      Optional<Journal> journal = Journal.open(session.connection());
      if (journal.isEmpty()) {
        throw refused(asked, doing.it + " failed: this user may not write to the journal.");
      }
      LockRetry retry = new LockRetry(session, patience, locked, () -> stopped);
      // Under the claim nobody else changes it any more.
      return new Outcome(database, session, target, doing.done)
          .of(retry, locks -> change.make(locks, journal.get(), of(all(), asked.id())), asking);
    } catch (SQLException e) {
      throw stopped
          ? new CancelledException(doing.it + " was cancelled; nothing is changed.", e)
          : Refusals.translate(e, target, doing.it);
    }
  }

  /**
   * Gives the connection back. Where it is lost, its session is ended over another one, so that the
   * next does not find the target claimed; what was done is done.
   */
  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      session.itself().endOverAnother(database, e);
      LOG.warn("{}", SqlFailures.translate(e, "Giving the connection back").what());
    }
  }
}

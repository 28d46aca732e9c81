package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalImport;
import dev.outgrow.importer.journal.JournalState;
import dev.outgrow.importer.journal.JournalTable;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of one import is staged, and what the journal says of it: always both in one transaction, so
 * that whoever reads the journal after a kill reads the truth.
 */
final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private static final Set<Phase> BEHIND_ROWS = Set.of(Phase.INDEX, Phase.REFERENCE, Phase.FINISH);
  private static final Set<Kind> COMPARED = Set.of(Kind.VIEW, Kind.TRIGGER);

  private static final String NO_TABLE = "42P01";
  private static final int LONGEST_NOTE = 300;

  private final Database database;
  private final ImportSession session;
  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private final Set<String> loaded = new HashSet<>();
  private @Nullable JournalImport begun;
  private String plan = "";
  private @Nullable Journal journal;
  private String failure = "";
  private boolean asked;

  Staging(Database database, ImportSession session) {
    this.database = database;
    this.session = session;
  }

  /** Says what is to be in the journal as soon as something is staged. */
  void journalled(JournalImport begun, String plan) {
    this.begun = begun;
    this.plan = plan;
  }

  /** Returns whether what is staged is in the journal. */
  boolean isJournalled() {
    return journal != null;
  }

  /** Returns whether a table is loaded with which another run can go on. */
  boolean isWorthKeeping() {
    return !loaded.isEmpty();
  }

  /** Makes the staging schema, and begins the journal. */
  void begin(ImportNames names, List<String> statements) throws SQLException {
    boolean opens = begun != null && !asked;
    try {
      tryToBegin(names, statements);
    } catch (SQLException e) {
      if (!opens || !NO_TABLE.equals(e.getSQLState())) {
        throw e;
      }
      asked = false; // an import that failed has just taken the journal away
      tryToBegin(names, statements);
    }
  }

  private void tryToBegin(ImportNames names, List<String> statements) throws SQLException {
    JournalImport known = begun;
    boolean opens = known != null && !asked;
    asked = true;
    Optional<Journal> opened = opens ? Journal.open(session.connection()) : Optional.empty();
    if (opens && opened.isEmpty()) {
      LOG.warn(
          "No journal of this import is kept, so that it cannot be gone on with if it is killed:"
              + " this user may not make schema outgrow or write to it.");
    }
    session.inTransaction(
        () -> {
          for (String sql : statements) {
            session.run(sql);
          }
          session.run(LeftOvers.comment(names));
          if (opened.isPresent() && known != null) {
            opened.get().begin(known);
            opened.get().plan(known.id(), plan);
            for (String each : done) {
              opened.get().did(known.id(), each);
            }
          }
          return true;
        });
    opened.ifPresent(j -> journal = j);
  }

  /**
   * Goes on with what an earlier run has staged: drops what is not known to be whole, views,
   * triggers and rejects, which are made anew.
   */
  void goOn(ImportNames names, JournalImport known, Journal kept) throws SQLException {
    begun = known;
    asked = true;
    Set<String> tables =
        kept.tables(known.id()).stream().map(JournalTable::target).collect(Collectors.toSet());
    TargetState state = TargetStates.read(session.connection(), names.staging());
    session.inTransaction(
        () -> {
          for (TargetState.Holding holding : state.holds()) {
            if (!holding.kind().equals("TABLE") || !tables.contains(holding.name())) {
              session.run(dropSql(names, holding));
            }
          }
          for (String function : state.functions()) {
            session.run(dropSql(names, new TargetState.Holding("FUNCTION", function)));
          }
          session.run(
              "DROP SCHEMA IF EXISTS "
                  + Dialect.POSTGRESQL.quote(names.stagingRejects())
                  + " CASCADE");
          kept.goOn(known.id());
          return true;
        });
    journal = kept;
    kept.tables(known.id()).forEach(t -> loaded.add(t.source()));
    done.addAll(kept.steps(known.id()));
  }

  private static String dropSql(ImportNames names, TargetState.Holding holding) {
    boolean called = holding.kind().equals("FUNCTION") || holding.kind().equals("ROUTINE");
    return "DROP "
        + holding.kind()
        + " IF EXISTS "
        + Dialect.POSTGRESQL.quote(Identifier.of(names.staging(), holding.name()))
        + (called ? "(" + holding.arguments() + ")" : "")
        + " CASCADE";
  }

  /** Runs a step, unless an earlier run has done it. */
  void run(Step step) throws SQLException {
    if (journal != null && isOnce(step)) {
      runAll(session, List.of(step));
    } else {
      for (String sql : step.sql()) {
        session.run(sql);
      }
    }
  }

  /**
   * Runs steps behind the rows in one transaction, but for those that an earlier run has done.
   * Thread-safe, as long as each thread has a session of its own.
   */
  void runAll(ImportSession on, List<Step> steps) throws SQLException {
    Journal kept = journal;
    JournalImport known = begun;
    List<String> sql = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Step step : steps) {
      String name = Journal.hash(String.join("\n", step.sql()));
      if (!done.contains(name)) {
        sql.addAll(step.sql());
        names.add(name);
      }
    }
    if (kept == null || known == null) {
      on.runTogether(String.join(";\n", sql));
    } else if (!names.isEmpty()) {
      // The driver sends them as one: all of them are done, or none is.
      sql.add(kept.didSql(known.id(), names));
      on.runTogether(String.join(";\n", sql));
      done.addAll(names);
    }
  }

  /** Views and triggers are made anew each time, since a comparison may have dropped them. */
  private static boolean isOnce(Step step) {
    return BEHIND_ROWS.contains(step.phase())
        && !(step instanceof Step.Attempt attempt && COMPARED.contains(attempt.otherwise().kind()));
  }

  /** Copies the rows of a table, and writes that it is loaded. */
  Loaded load(TableMapping table, Receipt receipt, ImportSession.Work<Loaded> copy)
      throws SQLException {
    Journal kept = journal;
    JournalImport known = begun;
    if (kept == null || known == null) {
      return session.inTransaction(copy);
    }
    Loaded rows =
        session.inTransaction(
            () -> {
              Loaded copied = copy.run();
              kept.loaded(known.id(), entry(table, receipt, copied));
              return copied;
            });
    loaded.add(table.source());
    return rows;
  }

  /** Writes that a table is loaded, which it has turned out to be. */
  void loaded(TableMapping table, Receipt receipt, Loaded rows) throws SQLException {
    if (journal != null && begun != null) {
      journal.loaded(begun.id(), entry(table, receipt, rows));
      loaded.add(table.source());
    }
  }

  /** Writes what came into a table that was there; in the transaction that brings it there. */
  void brought(TableMapping table, Loaded rows) throws SQLException {
    if (journal != null && begun != null) {
      Receipt none = new Receipt("", "", List.of(), List.of());
      journal.loaded(begun.id(), entry(table, none, rows));
    }
  }

  private static JournalTable entry(TableMapping table, Receipt receipt, Loaded rows) {
    return new JournalTable(
        table.source(),
        table.target(),
        receipt.definition(),
        receipt.choice(),
        rows.digest().checksum().rows(),
        rows.bytes(),
        rows.digest().checksum().hex(),
        receipt.plain(),
        receipt.reasons(),
        false);
  }

  /** Drops a table, and writes that it is not loaded any more. */
  void drop(ImportNames names, String name, String source) throws SQLException {
    Journal kept = journal;
    JournalImport known = begun;
    session.inTransaction(
        () -> {
          Identifier table = Identifier.of(names.staging(), name);
          session.run("DROP TABLE IF EXISTS " + Dialect.POSTGRESQL.quote(table));
          if (kept != null && known != null) {
            kept.dropped(known.id(), source);
          }
          return true;
        });
    loaded.remove(source);
  }

  /** Drops everything, so that it can be staged again. */
  void discard(ImportNames names) throws SQLException {
    Journal kept = journal;
    JournalImport known = begun;
    session.inTransaction(
        () -> {
          session.run(LeftOvers.dropSql(names.staging()));
          if (kept != null && known != null) {
            kept.dropped(known.id());
          }
          return true;
        });
    loaded.clear();
    done.clear();
  }

  /** Remembers something for a run that goes on with this one. */
  void remember(String what) throws SQLException {
    if (begun != null && done.add(what) && journal != null) {
      journal.did(begun.id(), what);
    }
  }

  /** Returns what this run, and those it goes on with, remember and have done behind the rows. */
  Set<String> remembered() {
    return Set.copyOf(done);
  }

  /** Writes that the import is in its place; in the transaction of the swap. */
  void swapped(String json) throws SQLException {
    if (journal != null && begun != null) {
      journal.verified(begun.id());
      journal.swapped(begun.id(), json);
    }
  }

  /** Says why the import failed, for the journal. */
  void failed(String why) {
    failure = why.length() > LONGEST_NOTE ? why.substring(0, LONGEST_NOTE) + "…" : why;
  }

  /** Leaves what is staged for another run. */
  void leave() throws SQLException {
    session.requireAnswer(); // nobody wakes it any more
    if (journal != null && begun != null) {
      journal.state(begun.id(), JournalState.STOPPED, failure);
    }
  }

  /** Drops everything for good. */
  void drop(ImportNames names) throws SQLException {
    Journal kept = journal;
    JournalImport known = begun;
    session.inTransaction(
        () -> {
          session.run(LeftOvers.dropSql(names.staging()));
          if (kept != null && known != null) {
            kept.dropped(known.id());
            kept.state(known.id(), JournalState.FAILED, failure);
          }
          return true;
        });
    if (kept != null && known != null) {
      kept.dropUnlessNeeded(known.id());
    }
  }

  /**
   * Drops everything for good over another connection, because this one is broken; unless another
   * import has begun meanwhile, which then has dropped it, or goes on with it.
   */
  void dropOverAnother(ImportNames names, SQLException first) {
    try (ImportSession other = ImportSession.openAnother(database, names.target())) {
      session.itself().end(other.connection());
      other.run("SET lock_timeout = '10s'");
      if (TargetClaim.tryTake(other.connection(), names.target())) {
        Optional<Journal> kept = Journal.find(other.connection());
        other.inTransaction(() -> dropUnlessSwapped(other, names, kept));
      }
    } catch (SQLException e) {
      e.addSuppressed(first);
      throw SqlFailures.translate(e, "Dropping staging schema " + names.staging());
    }
  }

  /** It may be in its place after all, if nobody could tell when it was asked. */
  private boolean dropUnlessSwapped(ImportSession other, ImportNames names, Optional<Journal> kept)
      throws SQLException {
    other.run(LeftOvers.dropSql(names.staging()));
    JournalImport known = begun;
    if (kept.isPresent()
        && known != null
        && kept.get()
            .entry(known.id())
            .filter(e -> e.state() != JournalState.SWAPPED)
            .isPresent()) {
      kept.get().dropped(known.id());
      kept.get().state(known.id(), JournalState.FAILED, failure);
    }
    return true;
  }

  /** Does the last transaction; where its answer is lost, another connection tells how it ended. */
  <T> T atLast(ImportNames names, LockRetry retry, LockRetry.Work<T> work) throws SQLException {
    String what = "the import was swapped into schema " + names.target();
    return new Outcome(database, session, names.target(), what)
        .of(retry, work, another -> isSwapped(another, names));
  }

  /** Returns whether the journal, over another connection, says that the import is in its place. */
  private Optional<Boolean> isSwapped(Connection another, ImportNames names) throws SQLException {
    JournalImport known = begun;
    Optional<Journal> kept = known == null ? Optional.empty() : Journal.find(another);
    if (journal != null && kept.isPresent() && known != null) {
      return kept.get().entry(known.id()).map(e -> e.state() == JournalState.SWAPPED);
    }
    return TargetStates.exists(another, names.staging()) ? Optional.of(false) : Optional.empty();
  }
}

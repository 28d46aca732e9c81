package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.RejectSql;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.Tactics;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.progress.RowsSent;
import dev.outgrow.importer.reject.TableRejects;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.SpareConnections;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL side of one import: a staging schema that is made, filled, verified and, in the
 * end, swapped in.
 *
 * <p>{@link #swap} is the only way to success. {@link #close()} without it drops the staging
 * schema, and the target is as it was. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class ImportTarget implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportTarget.class);
  private static final String DISCARD = "DISCARD TEMP";

  private final Database database;
  private final Loader loader;
  private final ImportSession session;
  private final LockPatience patience;
  private final Waker waker;
  private final SpareSessions spare;
  private final Staging staging;
  private ImportNames names;
  private boolean staged;
  private boolean rejects;
  private boolean temporary;
  private volatile boolean stopped;

  private ImportTarget(
      Database database,
      ImportNames names,
      Loader loader,
      ImportSession session,
      LockPatience patience) {
    this.database = database;
    this.spare = new SpareSessions(database, names.target());
    this.patience = patience;
    this.names = names;
    this.loader = loader;
    this.session = session;
    this.waker = new Waker(session.connection());
    this.staging = new Staging(database, session);
  }

  /**
   * Borrows a connection for an import.
   *
   * @throws dev.outgrow.error.TargetException if the server cannot hold an import: too old, or not
   *     in UTF-8
   */
  public static ImportTarget open(Database database, ImportNames names, Buffers buffers) {
    return open(database, names, buffers, LockPatience.DEFAULT);
  }

  /** Borrows a connection for an import that has this patience with others. */
  public static ImportTarget open(
      Database database, ImportNames names, Buffers buffers, LockPatience patience) {
    return open(database, names, buffers, patience, Streams.of(1));
  }

  /** Borrows a connection for an import that takes more of them for large tables. */
  public static ImportTarget open(
      Database database,
      ImportNames names,
      Buffers buffers,
      LockPatience patience,
      Streams streams) {
    ImportSession session = ImportSession.open(database, names.target());
    Loader loader = new Loader(session.connection(), buffers, streams);
    return new ImportTarget(database, names, loader, session, patience);
  }

  /** Commits from now on without waiting for the disk, until the swap, which waits for all. */
  public void stageWithLateDisk() {
    try {
      spare.lateDisk();
      session.lateDisk();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Setting up the session for schema " + names.staging());
    }
  }

  /**
   * Claims the target for this import: no other may be under way there.
   *
   * @throws dev.outgrow.error.TargetException if one is, with who does it
   */
  public void claim() {
    try {
      session.claim(names.target());
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Claiming schema " + names.target());
    }
  }

  /** Returns the schema in which the rows end up. */
  public String schema() {
    return names.target();
  }

  /** Returns what of this import is staged, and its journal. */
  public Staged staged() {
    return new Staged(session, staging, () -> names);
  }

  /** Goes on with what an earlier import has staged, whose names it has from now on. */
  public void goOn(JournalEntry earlier) {
    names = ImportNames.of(earlier.begun().target(), earlier.id());
    staged = true;
    staged().goOn(earlier);
  }

  /** Leaves what is staged for another run to go on with. */
  public void leave() {
    staged = false;
    staged().leave();
  }

  /** Returns what the target schema holds now. */
  public TargetState state() {
    try {
      return TargetStates.read(session.connection(), names.target());
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking at schema " + names.target());
    }
  }

  /**
   * Refuses a target that holds something, unless it may be replaced.
   *
   * @throws dev.outgrow.error.TargetException if it is refused; it names what the target holds
   */
  public void refuseUnlessEmptyOr(boolean replace, TargetState state) {
    TargetStates.refuseUnlessEmptyOr(replace, state);
  }

  /**
   * Refuses a target with tables that this user may not move aside.
   *
   * @throws dev.outgrow.error.TargetException if it is refused; it names them
   */
  public void refuseImmovable(TargetState state) {
    try {
      TargetStates.refuseForeign(session.connection(), state);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking at schema " + names.target());
    }
  }

  /** Runs a step's statements. */
  public void execute(Step.Execute step) {
    make(step);
  }

  /** Runs a step's statements; those of the first make the staging schema. */
  public void make(Step step) {
    boolean first = !staged && !temporary;
    staged = true;
    try {
      if (first) {
        staging.begin(names, step.sql());
      } else {
        staging.run(step);
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "The step \"" + step.title() + "\"");
    }
  }

  /**
   * Tries a step's statement.
   *
   * @return what is not carried, with the server's reason, if the statement was refused for what it
   *     says or for what the rows hold
   * @throws dev.outgrow.error.OutgrowException if the server failed otherwise
   */
  public Optional<NotCarried> attempt(Step.Attempt step) {
    return refusal(step).map(step::refusedFor);
  }

  /**
   * Runs steps behind the rows that tell which tables they work on, several at a time. Returns what
   * is not carried, in the order of the steps.
   */
  public List<NotCarried> build(List<Step> steps, Tactics tactics) {
    try (spare) {
      return new Builds(staging, session, spare, loader.streams().most(), tactics).run(steps);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Building keys and indexes");
    }
  }

  /**
   * Tries a step's statements.
   *
   * @return the server's reason, if they were refused for what they say or for what the rows hold
   * @throws dev.outgrow.error.OutgrowException if the server failed otherwise
   */
  public Optional<String> refusal(Step step) {
    try {
      staging.run(step);
      return Optional.empty();
    } catch (SQLException e) {
      OutgrowException failure = SqlFailures.translate(e, step.title());
      if (!Refusals.isRefusal(e.getSQLState())) {
        throw failure;
      }
      return Optional.of(failure.what());
    }
  }

  /** Returns whether a failure is about the statement and the rows, and not about the server. */
  public static boolean isRefusal(StatementException failure) {
    return Refusals.isRefusal(failure.sqlState());
  }

  /**
   * Copies the rows of a table into the staging schema.
   *
   * @param step the step
   * @param rows the rows
   * @param progress is told now and then how much is sent
   * @throws dev.outgrow.error.OutgrowException if a row does not fit, or the server refuses;
   *     nothing of the table stays
   */
  public Loaded load(Step.Load step, RowCursor rows, RowsSent progress) {
    if (temporary) {
      return loader.load(step, rows, progress);
    }
    return load(step, () -> session.inTransaction(() -> loader.load(step, rows, progress, spare)));
  }

  /**
   * Copies the rows of a table as {@link #load(Step.Load, RowCursor, RowsSent)} does, and writes in
   * the journal that it is loaded, in the same transaction.
   */
  public Loaded load(Step.Load step, RowCursor rows, RowsSent progress, Receipt receipt) {
    SpareSessions others = temporary ? null : spare; // nobody else sees temporary tables
    return load(
        step,
        () -> staging.load(step.table(), receipt, () -> loader.load(step, rows, progress, others)));
  }

  private Loaded load(Step.Load step, ImportSession.Work<Loaded> work) {
    try (spare) {
      return work.run();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Copying table " + step.table().source());
    }
  }

  /** Begins to try rows of a table one by one, before or after an import. */
  public RowTrial trial(TableMapping table) {
    return RowTrial.open(session, loader, table);
  }

  /** Returns how many bytes of a page the server has for one row. */
  public int roomOfRow() {
    try {
      return RowTrial.room(session.connection());
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Asking for the size of a page");
    }
  }

  /** Keeps rejected rows, in tables beside the staging schema. */
  public void keep(List<TableRejects> rows) {
    rejects = true;
    RejectSql.create(names).forEach(sql -> run(sql, "Making the tables for rejected rows"));
    try (RejectTables tables = RejectTables.open(session.connection(), names)) {
      rows.forEach(tables::write);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Keeping rejected rows");
    }
  }

  /**
   * Reads a table of the staging schema back and compares it with the source.
   *
   * @param table the table
   * @param source the digest of the source's rows
   * @param rows walks over the source's rows once more, if they differ
   * @param progress is told every few thousand rows how many were read back
   */
  public TableVerdict verify(
      TableMapping table, TableDigest source, Supplier<RowCursor> rows, LongConsumer progress) {
    try (spare) {
      SpareConnections others =
          temporary ? SpareConnections.NONE : spare.forReading(loader.streams());
      return new Verifier(session.connection(), names.staging(), others)
          .verify(table, source, rows, progress);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Reading back table " + table.source());
    }
  }

  /**
   * Puts the loaded tables in the target's place, in one transaction. Where locks cannot be had, it
   * is tried again.
   *
   * @param replace whether what the target holds may be moved aside
   * @throws dev.outgrow.error.TargetException if the target holds something by now and may not be
   *     replaced, or if others always use it
   */
  public Swapped swap(boolean replace) {
    Swap swap = new Swap(session, names);
    try {
      session.soonDisk();
      Swapped swapped =
          staging.atLast(
              names,
              lockRetry(),
              locks -> {
                Swapped done = swap.run(locks, replace);
                showRejects();
                staging.swapped(done.moved().json());
                return done;
              });
      staged = false;
      return swapped;
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Swapping the import into schema " + names.target());
    }
  }

  private void showRejects() throws SQLException {
    if (rejects) {
      session.run(RejectSql.rename(names));
    }
  }

  private LockRetry lockRetry() {
    return new LockRetry(session, patience, names.target(), () -> stopped);
  }

  /** Drops what was staged, so that it can be staged again. */
  public void discard() {
    if (temporary) {
      discardTemporary();
      stageTemporarily();
      return;
    }
    try {
      staging.discard(names);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Dropping staging schema " + names.staging());
    }
    staged = false;
    rejects = false;
  }

  /** Returns the tables that the target has already. */
  public TargetTables tables() {
    return new TargetTables(session, loader, names.target());
  }

  /** Changes what is staged. */
  public void change(String statement) {
    run(statement, "Taking staged rows away");
  }

  /** Says that what is staged from now on is in temporary tables. */
  public void stageTemporarily() {
    temporary = true;
  }

  /** Drops what was staged in temporary tables. */
  public void discardTemporary() {
    run(DISCARD, "Dropping temporary tables");
    temporary = false;
    staged = false;
  }

  /**
   * Brings the staged rows into the tables that are there, in one transaction. What was staged
   * temporarily is brought there for a trial, and all of it is undone.
   *
   * @param step what goes where
   * @param replace whether rows that the tables hold may be moved aside
   * @param orphaned the foreign keys whose rows may refer to nothing
   * @param proof compares the tables with the source; what it throws undoes everything
   * @return the schema that keeps what the tables held; empty if they held nothing
   * @throws dev.outgrow.error.OutgrowException if the tables do not take a row, or were changed
   *     meanwhile; they are then as they were
   */
  public String transfer(
      Step.Transfer step, boolean replace, Set<ExistingKey> orphaned, Proof proof) {
    Transfer transfer = new Transfer(session, names, step.mapping(), replace, temporary);
    try {
      if (temporary) {
        return lockRetry().undone(locks -> transferNow(transfer, locks, orphaned, proof)).before();
      }
      Moved moved =
          staging.atLast(
              names, lockRetry(), locks -> transferNow(transfer, locks, orphaned, proof));
      staged = false;
      return moved.before();
    } catch (SQLException e) {
      throw Refusals.translate(e, names.target());
    }
  }

  private Moved transferNow(
      Transfer transfer, LockRetry.Locks locks, Set<ExistingKey> orphaned, Proof proof)
      throws SQLException {
    Moved moved = transfer.run(locks, orphaned, proof);
    showRejects();
    staging.swapped(moved.json());
    return moved;
  }

  /** Has the server give up what it does for this import. Thread-safe, and does not wait for it. */
  public void cancelStatement() {
    stopped = true;
    waker.wake();
    spare.wake();
  }

  /**
   * Returns what has a server give up what it does on a connection. It is thread-safe, and does not
   * wait; where nobody answers, it closes the connection.
   */
  public static Runnable waker(Connection connection) {
    return new Waker(connection)::wake;
  }

  /**
   * Drops the staging schema unless it was swapped in, over another connection if this one is
   * broken, or unless it was left for another run.
   */
  @Override
  public void close() {
    try {
      closeSession();
    } catch (SQLException e) {
      if (staged) {
        staging.dropOverAnother(names, e);
      } else {
        // What was to be done is done, or has failed with a reason of its own.
        session.itself().endOverAnother(database, e);
        LOG.warn("{}", SqlFailures.translate(e, "Giving the connection back").what());
      }
    }
  }

  private void closeSession() throws SQLException {
    try (session) {
      session.requireAnswer();
      if (temporary) {
        session.run(DISCARD);
        staged = false;
      }
      if (staged) {
        staging.drop(names);
        staged = false;
      }
    }
  }

  private void run(String sql, String doing) {
    try {
      session.run(sql);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }
}

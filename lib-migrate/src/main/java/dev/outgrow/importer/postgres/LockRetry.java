package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something in a transaction that needs locks others may have. Where it does not get them in
 * time, or two wait for each other, everything is rolled back, and it is tried again after a pause.
 */
final class LockRetry {
  private static final Logger LOG = LoggerFactory.getLogger(LockRetry.class);
  private static final Set<String> LOCKED = Set.of("55P03", "40P01");
  private static final String TIMED_OUT = "57014";
  private static final String NO_ROOM = "53200";
  private static final Duration LOOK_UP = Duration.ofMillis(50);

  private final ImportSession session;
  private final LockPatience patience;
  private final String schema;
  private final BooleanSupplier stopped;

  /**
   * Prepares it.
   *
   * @param schema the schema whose tables have to be locked
   * @param stopped whether somebody has asked to stop
   */
  LockRetry(ImportSession session, LockPatience patience, String schema, BooleanSupplier stopped) {
    this.session = session;
    this.patience = patience;
    this.schema = schema;
    this.stopped = stopped;
  }

  /** What is done in a transaction. */
  interface Work<T> {
    /**
     * Does it.
     *
     * @param locks takes locks, and is told when it cannot be done once more
     */
    T run(Locks locks) throws SQLException;
  }

  /** The locks of one attempt. */
  final class Locks {
    private boolean last;
    private boolean waiting;
    private long since;

    private Locks() {}

    /** Runs a statement that takes several locks, for all of which there is one time-out. */
    void take(String statement) throws SQLException {
      waiting = true;
      since = System.nanoTime();
      session.run("SET LOCAL statement_timeout = '" + patience.timeout().toMillis() + "ms'");
      session.run(statement);
      session.run("SET LOCAL statement_timeout = 0");
      waiting = false;
    }

    /** Counts from when the last of them were asked for: they were the target's. */
    private long millis() {
      return (System.nanoTime() - since) / 1_000_000;
    }

    /** Says that from now on something is done that must not be done again. */
    void cannotRepeat() {
      last = true;
    }
  }

  /**
   * Does it: all of it or, if it throws, nothing.
   *
   * @throws TargetException if it never got its locks; it names who has them
   */
  <T> T inTransaction(Work<T> work) throws SQLException {
    return repeat(locks -> session.inTransaction(() -> begin(work, locks)));
  }

  /** Does it and takes it back; fails as {@link #inTransaction} does. */
  <T> T undone(Work<T> work) throws SQLException {
    return repeat(locks -> session.undone(() -> begin(work, locks)));
  }

  private <T> T repeat(Work<T> attempt) throws SQLException {
    for (int retry = 1; ; retry++) {
      Locks locks = new Locks();
      try {
        T result = attempt.run(locks);
        if (locks.since != 0) {
          LOG.debug("Schema {} was locked for {} ms.", schema, locks.millis());
        }
        return result;
      } catch (SQLException e) {
        if (NO_ROOM.equals(e.getSQLState())) {
          throw noRoom(e);
        }
        if (!isLock(e, locks) || stopped.getAsBoolean()) {
          throw e;
        }
        if (locks.last || retry > patience.retries()) {
          throw locked(e);
        }
      }
      pause(retry);
    }
  }

  private <T> T begin(Work<T> work, Locks locks) throws SQLException {
    // What others commit meanwhile has to be seen, whatever the database's own default is.
    session.run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    session.run("SET LOCAL jit = off"); // the catalogue's questions are short, their plans are not
    // Nothing is known yet of tables that were just made: what is guessed to be few rows is
    // thousands.
    session.run("SET LOCAL enable_nestloop = off");
    session.run("SET LOCAL plan_cache_mode = force_generic_plan"); // a rehearsal plans for the rest
    session.run("SET LOCAL lock_timeout = '" + patience.timeout().toMillis() + "ms'");
    return work.run(locks);
  }

  private static boolean isLock(SQLException failure, Locks locks) {
    String state = String.valueOf(failure.getSQLState());
    return LOCKED.contains(state) || (locks.waiting && state.equals(TIMED_OUT));
  }

  private void pause(int retry) throws SQLException {
    Duration pause = patience.pause(retry);
    LOG.info(
        "Somebody uses the tables of schema {}; trying again in {}, {} of {}.",
        schema,
        pause,
        retry,
        patience.retries());
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (stopped.getAsBoolean()) {
        throw new SQLException("Somebody asked to stop", TIMED_OUT);
      }
      LockSupport.parkNanos(Math.min(left, LOOK_UP.toNanos()));
    }
  }

  /** Asked when they are given up: who has them by now is who has to be waited for. */
  private TargetException locked(SQLException failure) {
    List<LockHolder> holders = holders(session.connection(), failure);
    String who =
        holders.isEmpty()
            ? " By now nobody does."
            : " These sessions hold locks there: "
                + String.join("; ", holders.stream().map(LockHolder::describe).toList())
                + ".";
    String end =
        holders.stream()
            .filter(h -> h.pid() != 0)
            .map(h -> "SELECT pg_terminate_backend(" + h.pid() + ")")
            .reduce((a, b) -> a + "; " + b)
            .map(all -> ", or end them: " + all)
            .orElse("");
    return new TargetException(
        schema,
        List.of(),
        "In "
            + (patience.retries() + 1)
            + (patience.retries() == 0 ? " attempt" : " attempts")
            + " of "
            + patience.timeout().toMillis()
            + " ms somebody else was always using tables of schema "
            + schema
            + ", which is as it was."
            + who,
        "Stop what uses them" + end + "; then do it again.",
        failure);
  }

  private List<LockHolder> holders(Connection connection, SQLException failure) {
    try {
      return LockHolder.of(connection, schema);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      return List.of();
    }
  }

  private TargetException noRoom(SQLException failure) {
    return new TargetException(
        schema,
        List.of(),
        SqlFailures.translate(failure, "Locking the tables of schema " + schema).what(),
        "The server has no room for so many locks at once: raise its max_locks_per_transaction to at least four times"
            + " the number of tables and indexes divided by its max_connections, restart it, and do it again.",
        failure);
  }
}

package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.BorrowedConnection;
import dev.outgrow.database.Database;
import dev.outgrow.database.PoolState;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Looks for what was left open in a database.
 *
 * @param database the one that is looked at
 * @param lent connections that nobody had to give back, if they have nothing unfinished
 * @param blamed whose borrowing counts
 * @param whole whether nobody else uses it, so that all that is found counts
 */
record LeakCheck(
    Database database,
    Collection<Connection> lent,
    Predicate<BorrowedConnection> blamed,
    boolean whole) {
  /** A session that was closed is gone a little later. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final long PAUSE_MILLIS = 20;

  /** Looks, and looks again for half a second while there is something. */
  List<Leak> run() {
    long start = System.nanoTime();
    List<Leak> leaks = look();
    while (!leaks.isEmpty() && System.nanoTime() - start < GRACE.toNanos()) {
      pause();
      leaks = look();
    }
    return leaks;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "Looking for what a test left open was interrupted.", "Run the test again.", interrupted);
    }
  }

  private List<Leak> look() {
    List<PoolState> pools = database.pools();
    if (pools.isEmpty()) {
      // The test has closed it, and with it all that is looked for.
      return List.of();
    }
    List<BorrowedConnection> borrowed = database.borrowed();
    try {
      return database.backend() == Backend.POSTGRESQL
          ? onPostgres(borrowed, pools)
          : onSqlite(borrowed);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Looking for what a test left open");
    }
  }

  private List<Leak> onPostgres(List<BorrowedConnection> borrowed, List<PoolState> pools)
      throws SQLException {
    boolean free = pools.stream().allMatch(pool -> pool.active() < pool.maximum());
    try (Connection asking = free ? database.connection() : database.ownConnection()) {
      List<Leak> leaks = new ArrayList<>();
      List<BorrowedConnection> unseen = new ArrayList<>(borrowed);
      for (Session session : Session.all(asking)) {
        BorrowedConnection owner = owner(session, borrowed);
        if (owner == null) {
          addOf(session, leaks);
        } else {
          unseen.remove(owner);
          addOf(owner, session, leaks);
        }
      }
      unseen.stream().filter(this::counts).forEach(gone -> leaks.add(leak(gone, "")));
      return leaks;
    }
  }

  private static @Nullable BorrowedConnection owner(
      Session session, List<BorrowedConnection> borrowed) {
    return borrowed.stream()
        .filter(connection -> connection.session().orElse(0) == session.pid())
        .findFirst()
        .orElse(null);
  }

  private void addOf(BorrowedConnection owner, Session session, List<Leak> leaks) {
    if (isLent(owner)) {
      if (session.inTransaction() || session.advisory() > 0 || session.state().equals("active")) {
        leaks.add(new Leak("its own connection" + session.description(), List.of()));
      }
    } else if (blamed.test(owner)) {
      leaks.add(leak(owner, session.description()));
    }
  }

  private void addOf(Session session, List<Leak> leaks) {
    if (!whole) {
      return;
    }
    if (session.advisory() > 0) {
      leaks.add(new Leak("a session that was given back" + session.description(), List.of()));
    } else if (!session.ours() && !session.asking()) {
      leaks.add(
          new Leak("a session of " + session.application() + session.description(), List.of()));
    }
  }

  private List<Leak> onSqlite(List<BorrowedConnection> borrowed) throws SQLException {
    List<Leak> leaks = new ArrayList<>();
    borrowed.stream().filter(this::counts).forEach(owner -> leaks.add(leak(owner, "")));
    if (whole && leaks.isEmpty() && isLocked()) {
      leaks.add(new Leak("a transaction that writes and has not ended", List.of()));
    }
    return leaks;
  }

  private boolean isLocked() throws SQLException {
    try (Connection own = database.ownConnection();
        Statement statement = own.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      return false;
    } catch (SQLiteException refused) {
      if ((refused.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
        return true;
      }
      throw refused;
    }
  }

  private boolean counts(BorrowedConnection connection) {
    return !isLent(connection) && blamed.test(connection);
  }

  private boolean isLent(BorrowedConnection connection) {
    return lent.stream().anyMatch(connection::is);
  }

  private static Leak leak(BorrowedConnection connection, String description) {
    return new Leak("a connection " + connection + description, connection.stack());
  }

  /** Ends what was borrowed and counts, so that whoever uses the database next is not held up. */
  List<Leak> end() {
    List<Leak> failures = new ArrayList<>();
    for (BorrowedConnection connection : database.borrowed()) {
      if (isLent(connection) || blamed.test(connection)) {
        try {
          connection.giveBack();
        } catch (OutgrowException failure) {
          failures.add(new Leak("what cannot be ended. " + failure.what(), connection.stack()));
        }
      }
    }
    return failures;
  }
}

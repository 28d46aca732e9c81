package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.replication.LogSequenceNumber;

/** Transactions on a replica, which begin when it has replayed what they must not miss. */
final class CatchingUp implements Boundary {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  private final Boundary within;
  private final LogSequenceNumber wanted;
  private final Duration patience;
  private final Map<BaseConnection, LogSequenceNumber> replayed;

  /**
   * Makes the transactions of one read.
   *
   * @param wanted how far the replica has to have come
   * @param replayed how far each session has seen it come
   */
  CatchingUp(
      Boundary within,
      LogSequenceNumber wanted,
      Duration patience,
      Map<BaseConnection, LogSequenceNumber> replayed) {
    this.within = within;
    this.wanted = wanted;
    this.patience = patience;
    this.replayed = replayed;
  }

  /** What it cannot be asked now; the primary can. */
  static final class Behind extends SQLException {
    private static final long serialVersionUID = 1L;

    Behind(String what) {
      super(what);
    }
  }

  @Override
  public void begin(RunningTransaction tx) throws SQLException {
    BaseConnection session = tx.target().unwrap(BaseConnection.class);
    LogSequenceNumber known = replayed.get(session);
    if (known == null || known.compareTo(wanted) < 0) {
      replayed.put(session, catchUp(tx));
    }
    within.begin(tx);
  }

  private LogSequenceNumber catchUp(RunningTransaction tx) throws SQLException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      LogSequenceNumber position = position(tx.target());
      if (position == null) {
        throw new Behind("it is no replica");
      }
      if (position.compareTo(wanted) >= 0) {
        return position;
      }
      if (tx.nanos() > patience.toNanos()) {
        throw new Behind("it has not replayed an own write in " + patience);
      }
      tx.requireGoingOn();
      pause(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** An interrupted thread is told so when it next asks whether it goes on. */
  private static void pause(Duration time) {
    try {
      Waiting.REAL.pause(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable LogSequenceNumber position(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END")) {
      answer.next();
      String position = answer.getString(1);
      return position == null ? null : LogSequenceNumber.valueOf(position);
    }
  }

  @Override
  public OutgrowException explain(RunningTransaction tx, SQLException failure, Undo undo) {
    if (failure instanceof Behind) {
      return new UnavailableException(
          "The replica cannot be read: " + failure.getMessage() + ".",
          "The primary is read meanwhile.",
          failure);
    }
    return within.explain(tx, failure, undo);
  }

  @Override
  public OutgrowException explainCommit(RunningTransaction tx, SQLException failure, Undo undo) {
    return within.explainCommit(tx, failure, undo);
  }

  @Override
  public void requireIntact(RunningTransaction tx) throws SQLException {
    within.requireIntact(tx);
  }

  @Override
  public void commit(RunningTransaction tx) throws SQLException {
    within.commit(tx);
  }

  @Override
  public void rollback(RunningTransaction tx) throws SQLException {
    within.rollback(tx);
  }

  @Override
  public void stop(RunningTransaction tx) throws SQLException {
    within.stop(tx);
  }

  @Override
  public boolean isUnknown(RunningTransaction tx) throws SQLException {
    return within.isUnknown(tx);
  }

  @Override
  public boolean guardsStatements(TransactionOptions options) {
    return within.guardsStatements(options);
  }
}

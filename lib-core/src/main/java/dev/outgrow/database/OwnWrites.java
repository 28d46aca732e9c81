package dev.outgrow.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * How far the server's log has come with what this database object has written, from whatever
 * thread: one that reads may well continue the work of another. The server is asked when somebody
 * reads after a write, and not at each write.
 */
final class OwnWrites {
  private final Lender primary;
  private final AtomicLong writes = new AtomicLong();
  private final AtomicInteger lent = new AtomicInteger();
  private volatile Reached reached = new Reached(0, null);

  /** Where the log was when so many writes were done. */
  private record Reached(long writes, @Nullable LogSequenceNumber position) {}

  OwnWrites(Lender primary) {
    this.primary = primary;
  }

  /** Counts a transaction that may have written. */
  void wrote() {
    writes.incrementAndGet();
  }

  /** Watches a connection that commits by itself: it may write until it is given back. */
  Connection lend(Connection connection) {
    lent.incrementAndGet();
    return LentConnection.of(
        connection,
        nothing -> {},
        () -> {
          wrote();
          lent.decrementAndGet();
        });
  }

  /** Returns how far a replica has to have come; empty where nothing was written. */
  Optional<LogSequenceNumber> position() throws SQLException {
    boolean free = lent.get() == 0;
    long done = writes.get();
    Reached known = reached;
    if (free && known.writes() == done) {
      return Optional.ofNullable(known.position());
    }
    LogSequenceNumber position = ask();
    if (free) {
      reached = new Reached(done, position);
    }
    return Optional.of(position);
  }

  private LogSequenceNumber ask() throws SQLException {
    try (Connection connection = primary.borrow();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
      answer.next();
      return LogSequenceNumber.valueOf(answer.getString(1));
    }
  }
}

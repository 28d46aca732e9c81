package dev.outgrow.database;

import java.sql.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The transactions of an open database: where those that write run, and where the others do. */
final class Transactions implements AutoCloseable {
  private final TransactionRunner writing;
  private final TransactionRunner reading;
  private final Watch watch;
  private final @Nullable Replica replica;

  private Transactions(
      TransactionRunner writing,
      TransactionRunner reading,
      Watch watch,
      @Nullable Replica replica) {
    this.writing = writing;
    this.reading = reading;
    this.watch = watch;
    this.replica = replica;
  }

  /**
   * Makes those of a PostgreSQL.
   *
   * @param replica where reads may go, or null
   */
  static Transactions postgres(Lender lender, @Nullable Replica replica) {
    Watch watch = new Watch();
    TransactionRunner runner =
        new TransactionRunner(
            lender, new PostgresBoundary(), watch, new Retrying(Waiting.REAL), null);
    return new Transactions(runner, runner, watch, replica);
  }

  /**
   * Makes those of a SQLite file.
   *
   * @param patience how long one waits for others of this program to write
   */
  static Transactions sqlite(Lender writer, Lender readers, Duration patience) {
    Watch watch = new Watch();
    Boundary boundary = new SqliteBoundary();
    Retrying retrying = new Retrying(Waiting.REAL);
    return new Transactions(
        new TransactionRunner(writer, boundary, watch, retrying, new Turns(patience)),
        new TransactionRunner(readers, boundary, watch, retrying, null),
        watch,
        null);
  }

  <T extends @Nullable Object> T run(TransactionOptions options, TransactionWork<T> work) {
    if (options.readOnly()) {
      return reading.run(options, work);
    }
    try {
      return writing.run(options, work);
    } finally {
      if (replica != null) {
        replica.wrote();
      }
    }
  }

  /** Reads where the replica is, if there is one. */
  <T extends @Nullable Object> T read(TransactionWork<T> work) {
    TransactionOptions options = TransactionOptions.reading();
    return replica == null
        ? reading.run(options, work)
        : replica.read(watch, reading, options, work);
  }

  /** A connection that writes as its borrower likes. */
  Connection lend(Connection connection) {
    return replica == null ? connection : replica.lend(connection);
  }

  @Override
  public void close() {
    watch.close();
    if (replica != null) {
      replica.close();
    }
  }
}

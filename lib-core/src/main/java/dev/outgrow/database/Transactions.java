package dev.outgrow.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The transactions of an open database: where those that write run, and where the others do. */
final class Transactions implements AutoCloseable {
  private final TransactionRunner writing;
  private final TransactionRunner reading;
  private final Watch watch;

  private Transactions(TransactionRunner writing, TransactionRunner reading, Watch watch) {
    this.writing = writing;
    this.reading = reading;
    this.watch = watch;
  }

  static Transactions postgres(Lender lender) {
    Watch watch = new Watch();
    TransactionRunner runner =
        new TransactionRunner(
            lender, new PostgresBoundary(), watch, new Retrying(Waiting.REAL), null);
    return new Transactions(runner, runner, watch);
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
        watch);
  }

  <T extends @Nullable Object> T run(TransactionOptions options, TransactionWork<T> work) {
    return (options.readOnly() ? reading : writing).run(options, work);
  }

  @Override
  public void close() {
    watch.close();
  }
}

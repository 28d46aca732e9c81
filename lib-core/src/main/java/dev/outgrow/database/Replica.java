package dev.outgrow.database;

import dev.outgrow.error.AccessException;
import dev.outgrow.error.ConflictException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a replica where it can be read, and else from the primary. One that does not answer is
 * left alone for 5 seconds; then one read tries it again while the others go to the primary.
 */
final class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final long REST = TimeUnit.SECONDS.toNanos(5);

  private final DatabaseUrl url;
  private final Lender lender;
  private final OwnWrites writes;
  private final Duration patience;
  private final Boundary boundary = new PostgresBoundary();
  private final Map<BaseConnection, LogSequenceNumber> replayed =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Until when it is left alone, by {@link System#nanoTime}; 0 means it is not. */
  private final AtomicLong resting = new AtomicLong();

  /**
   * Makes the way to a replica.
   *
   * @param patience how long a read waits for it to have replayed an own write
   */
  Replica(DatabaseUrl url, Lender lender, OwnWrites writes, Duration patience) {
    this.url = url;
    this.lender = lender;
    this.writes = writes;
    this.patience = patience;
  }

  static Replica open(DatabaseConfig config, Lender primary) {
    DatabaseConfig own = config.forReplica();
    Pool pool =
        new Pool("postgresql replica", own, new PostgresConnector(own), 0, own.maximumPoolSize());
    return new Replica(own.url(), pool, new OwnWrites(primary), config.replicaTimeout());
  }

  /** Says that a transaction may have written. */
  void wrote() {
    writes.wrote();
  }

  Connection lend(Connection connection) {
    return writes.lend(connection);
  }

  /** Reads here, or where a second runner does. */
  <T extends @Nullable Object> T read(
      Watch watch, TransactionRunner primary, TransactionOptions options, TransactionWork<T> work) {
    if (!mayBeTried()) {
      return primary.run(options, work);
    }
    Attempt<T> attempt = new Attempt<>(work);
    try {
      T result = runner(watch).run(options, attempt);
      resting.set(0);
      return result;
    } catch (UnavailableException | AccessException | ConflictException failure) {
      if (failure == attempt.thrown) {
        throw failure;
      }
      leave(failure);
      return primary.run(options, work);
    } catch (SQLException failure) {
      // It was the primary that could not say what the replica must have.
      return primary.run(options, work);
    }
  }

  private TransactionRunner runner(Watch watch) throws SQLException {
    LogSequenceNumber wanted = writes.position().orElse(LogSequenceNumber.INVALID_LSN);
    Boundary catchingUp = new CatchingUp(boundary, wanted, patience, replayed);
    return new TransactionRunner(lender, catchingUp, watch, new Retrying(Waiting.REAL), null);
  }

  private boolean mayBeTried() {
    long until = resting.get();
    long now = System.nanoTime();
    return until == 0 || (now - until >= 0 && resting.compareAndSet(until, end(now)));
  }

  /** One that is behind, or replayed what it was just read for, answers; it is not left alone. */
  private void leave(OutgrowException failure) {
    if (failure.getCause() instanceof CatchingUp.Behind || failure instanceof ConflictException) {
      LOG.debug("A read goes to the primary: {}", failure.what());
      resting.set(0);
    } else {
      LOG.warn("The replica at {} is not read for 5 seconds: {}", url, failure.what());
      resting.set(end(System.nanoTime()));
    }
  }

  private static long end(long now) {
    return (now + REST) | 1;
  }

  @Override
  public void close() {
    lender.close();
  }

  /** Work that keeps what it threw itself: that is no reason to do it again elsewhere. */
  private static final class Attempt<T extends @Nullable Object> implements TransactionWork<T> {
    private final TransactionWork<T> work;
    private @Nullable RuntimeException thrown;

    Attempt(TransactionWork<T> work) {
      this.work = work;
    }

    @Override
    public T apply(Transaction tx) throws SQLException {
      try {
        return work.apply(tx);
      } catch (RuntimeException failure) {
        thrown = failure;
        throw failure;
      }
    }
  }
}

package dev.outgrow.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/** Lends the connections of a data source that belongs to somebody else, who gets them back. */
final class HandedIn implements Lender {
  static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final DataSource source;
  private final SessionUse use;
  private final @Nullable Semaphore turn;
  private volatile boolean closed;

  /** What is refused here, in words that can be shown. */
  static final class Refusal extends SQLException {
    private static final long serialVersionUID = 1L;

    Refusal(String what, @Nullable Throwable cause) {
      super(what, cause);
    }
  }

  /**
   * Lends connections for one use.
   *
   * @param turn whom borrowers wait for until they have theirs, or null if they need not
   */
  HandedIn(DataSource source, SessionUse use, @Nullable Semaphore turn) {
    this.source = source;
    this.use = use;
    this.turn = turn;
  }

  @Override
  public Connection borrow() throws SQLException {
    if (closed) {
      throw new Refusal("the database is closed", null);
    }
    if (turn == null) {
      return lend(() -> {});
    }
    takeTurn(turn);
    try {
      return lend(turn::release);
    } catch (SQLException | RuntimeException failure) {
      turn.release();
      throw failure;
    }
  }

  private static void takeTurn(Semaphore turn) throws SQLException {
    try {
      if (!turn.tryAcquire(TURN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new Refusal("another connection has been writing for " + TURN_TIMEOUT, null);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted while another connection writes", interrupted);
    }
  }

  private Connection lend(Runnable givenBack) throws SQLException {
    Connection connection = source.getConnection();
    try {
      if (!(source instanceof HikariDataSource)) {
        SessionUse.requireNoTransaction(connection);
      }
      return LentConnection.of(connection, use.prepare(connection), givenBack);
    } catch (SQLException | RuntimeException failure) {
      close(connection, failure);
      throw failure;
    }
  }

  private static void close(Connection connection, Exception after) {
    try {
      connection.close();
    } catch (SQLException alsoFailed) {
      after.addSuppressed(alsoFailed);
    }
  }

  @Override
  public OutgrowException refused(SQLException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof PSQLException || each instanceof SQLiteException) {
        return SqlFailures.translate(
            (SQLException) each, "Connecting by the DataSource that was handed in");
      }
    }
    // What others write may hold their URL with its password.
    String why = failure instanceof Refusal ? failure.getMessage() : failure.getClass().getName();
    return new UnavailableException(
        "The DataSource that was handed in lends no connection: " + why + ".",
        "Use the database only while it is open, close connections sooner, or let that DataSource"
            + " have more.",
        failure);
  }

  /** One of theirs, which they get back closed: what was done to its session is nobody's. */
  @Override
  public Connection connectBeside() throws SQLException {
    Connection connection = source.getConnection();
    try {
      use.prepare(connection);
      return LentConnection.of(connection, this::discard);
    } catch (SQLException | RuntimeException failure) {
      close(connection, failure);
      throw failure;
    }
  }

  @Override
  public Optional<PoolState> state() {
    return Optional.empty();
  }

  private void discard(Connection theirs) throws SQLException {
    if (source.isWrapperFor(HikariDataSource.class)) {
      // Closing it as well fails, if it has settings that the pool would put back.
      source.unwrap(HikariDataSource.class).evictConnection(theirs);
      return;
    }
    try (theirs) {
      // Their pool finds it closed, and has to replace it.
      use.driverConnection(theirs).close();
    }
  }

  @Override
  public void evict(Connection connection) {
    try {
      discard(LentConnection.giveUp(connection));
    } catch (SQLException failure) {
      LOG.warn("A connection that broke could not be closed: {}", SqlFailures.words(failure));
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

package dev.outgrow.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * HikariCP, which never sees a URL or a password. It begins with one spare connection, so that a
 * program that works with one does not open ten; from the first time that two are in use at once it
 * keeps its minimum.
 */
final class Pool implements Lender {
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);

  private final String name;
  private final Connector connector;
  private final HikariDataSource pool;
  private final int minimum;
  private final Runnable afterwards;
  private volatile boolean small = true;

  Pool(String name, DatabaseConfig config, Connector connector, int minimum, int maximum) {
    this(name, config, connector, minimum, maximum, () -> {});
  }

  /**
   * Makes a pool.
   *
   * @param afterwards what is done once, when all its connections are closed
   */
  Pool(
      String name,
      DatabaseConfig config,
      Connector connector,
      int minimum,
      int maximum,
      Runnable afterwards) {
    this.name = name;
    this.connector = connector;
    this.minimum = minimum;
    this.afterwards = afterwards;
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("outgrow " + name);
    hikari.setDataSource(new ConnectorDataSource(connector));
    hikari.setMinimumIdle(Math.min(1, minimum));
    hikari.setMaximumPoolSize(maximum);
    // The caller has proven one connection; here a failure would be logged with its stack.
    hikari.setInitializationFailTimeout(-1);
    setTimes(hikari, config);
    this.pool = new HikariDataSource(hikari);
  }

  /** HikariCP warns and changes times that do not fit together; these fit. */
  private static void setTimes(HikariConfig hikari, DatabaseConfig config) {
    Duration lifetime = config.maxLifetime();
    Duration half = lifetime.dividedBy(2);
    hikari.setMaxLifetime(lifetime.toMillis());
    if (hikari.getMinimumIdle() < hikari.getMaximumPoolSize()) {
      hikari.setIdleTimeout((half.compareTo(IDLE_TIMEOUT) < 0 ? half : IDLE_TIMEOUT).toMillis());
    }
    hikari.setKeepaliveTime(config.keepAlive().orElse(Duration.ZERO).toMillis());
    hikari.setConnectionTimeout(config.acquisitionTimeout().toMillis());
    Duration validation = Duration.ofSeconds(5);
    if (config.acquisitionTimeout().compareTo(validation) < 0) {
      validation = config.acquisitionTimeout();
    }
    hikari.setValidationTimeout(validation.toMillis());
    hikari.setLeakDetectionThreshold(config.leakDetection().orElse(Duration.ZERO).toMillis());
  }

  @Override
  public Connection borrow() throws SQLException {
    Connection connection = pool.getConnection();
    if (small && pool.getHikariPoolMXBean().getActiveConnections() > 1) {
      small = false;
      pool.getHikariConfigMXBean().setMinimumIdle(minimum);
    }
    return connection;
  }

  @Override
  public OutgrowException refused(SQLException failure) {
    if (failure.getCause() instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new CancelledException(
          "Waiting for a connection of the " + name + " pool was interrupted.",
          "Begin it again when it suits.",
          failure);
    }
    SQLException lastConnect = failure.getNextException();
    if (lastConnect != null) {
      return SqlFailures.translate(lastConnect, "Connecting again");
    }
    if (failure instanceof SQLTransientConnectionException) {
      return exhausted(failure);
    }
    return new UnavailableException(
        "No connection can be had from the " + name + " pool.",
        "Use the database only while it is open, and do not interrupt its threads.",
        failure);
  }

  private OutgrowException exhausted(SQLException failure) {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return new UnavailableException(
        String.format(
            Locale.ROOT,
            "No connection of the %s pool came free in %s: %d of %d in use, %d waiting.",
            name,
            Duration.ofMillis(pool.getConnectionTimeout()),
            state.getActiveConnections(),
            pool.getMaximumPoolSize(),
            state.getThreadsAwaitingConnection()),
        "Close connections sooner, or raise maximumPoolSize.",
        failure);
  }

  @Override
  public Optional<PoolState> state() {
    HikariPoolMXBean state = pool.isClosed() ? null : pool.getHikariPoolMXBean();
    return state == null
        ? Optional.empty()
        : Optional.of(
            new PoolState(
                name,
                state.getActiveConnections(),
                state.getIdleConnections(),
                state.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize()));
  }

  @Override
  public Connection connectBeside() throws SQLException {
    return connector.connect();
  }

  @Override
  public void evict(Connection connection) {
    pool.evictConnection(connection);
  }

  @Override
  public void close() {
    if (!pool.isClosed()) {
      pool.close();
      afterwards.run();
    }
  }
}

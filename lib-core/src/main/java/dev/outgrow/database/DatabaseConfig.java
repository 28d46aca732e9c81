package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Database} is opened. Defaults: at least 10 and at most 30 connections, each used for
 * 1 hour at most and asked every 2 minutes whether it still lives, 30 seconds to wait for a free
 * one, 10 seconds to connect to a host, no leak detection, the server's own limits for statements,
 * locks and idle transactions; on SQLite one writer, 4 readers and a busy time-out of 30 seconds. A
 * value out of its range is refused by {@link Builder#build()}, never repaired.
 *
 * <p>The options of the other backend are checked and have no effect, so that one program suits
 * both.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class DatabaseConfig {
  private final DatabaseChoice choice;
  private final int minimumPoolSize;
  private final int maximumPoolSize;
  private final Duration maxLifetime;
  private final @Nullable Duration keepAlive;
  private final Duration acquisitionTimeout;
  private final Duration connectTimeout;
  private final @Nullable Duration leakDetection;
  private final @Nullable Duration statementTimeout;
  private final @Nullable Duration lockTimeout;
  private final @Nullable Duration idleInTransactionTimeout;
  private final @Nullable DatabaseUrl replica;
  private final Duration replicaTimeout;
  private final boolean forReplica;
  private final int readers;
  private final Duration busyTimeout;
  private final String applicationName;
  private final boolean rememberBorrowers;

  private DatabaseConfig(Builder builder) {
    this.choice = builder.choice;
    this.minimumPoolSize = builder.minimumPoolSize;
    this.maximumPoolSize = builder.maximumPoolSize;
    this.maxLifetime = builder.maxLifetime;
    this.keepAlive = builder.fittingKeepAlive();
    this.acquisitionTimeout = builder.acquisitionTimeout;
    this.connectTimeout = builder.connectTimeout;
    this.leakDetection = builder.leakDetection;
    this.statementTimeout = builder.statementTimeout;
    this.lockTimeout = builder.lockTimeout;
    this.idleInTransactionTimeout = builder.idleInTransactionTimeout;
    this.replica = builder.replica;
    this.replicaTimeout = builder.replicaTimeout;
    this.forReplica = builder.forReplica;
    this.readers = builder.readers;
    this.busyTimeout = builder.busyTimeout;
    this.applicationName = builder.applicationName;
    this.rememberBorrowers = builder.rememberBorrowers;
  }

  /** Returns the defaults for a database. */
  public static DatabaseConfig of(DatabaseUrl url) {
    return builder(url).build();
  }

  /** Returns a builder with the defaults for a database. */
  public static Builder builder(DatabaseUrl url) {
    return builder(DatabaseChoice.named(url));
  }

  /** Returns a builder with the defaults for a database that was chosen. */
  public static Builder builder(DatabaseChoice choice) {
    return new Builder(choice);
  }

  /** Returns where the database is. */
  public DatabaseUrl url() {
    return choice.url();
  }

  /** Returns where the database is, and why there. */
  public DatabaseChoice choice() {
    return choice;
  }

  /** Returns how many connections the pool keeps open once two were in use at once. */
  public int minimumPoolSize() {
    return minimumPoolSize;
  }

  /** Returns how many connections the pool opens at most. */
  public int maximumPoolSize() {
    return maximumPoolSize;
  }

  /** Returns after how long a connection is replaced. */
  public Duration maxLifetime() {
    return maxLifetime;
  }

  /**
   * Returns how often a connection that nobody uses is asked whether it still lives; empty where it
   * was not set and connections are replaced before the default of 2 minutes.
   */
  public Optional<Duration> keepAlive() {
    return Optional.ofNullable(keepAlive);
  }

  /** Returns how long to wait for a free connection. */
  public Duration acquisitionTimeout() {
    return acquisitionTimeout;
  }

  /** Returns how long to wait for one host to answer. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns after how long in use a connection is reported as leaked; empty means never. */
  public Optional<Duration> leakDetection() {
    return Optional.ofNullable(leakDetection);
  }

  /** Returns after how long PostgreSQL ends a statement; empty means as the server is set. */
  public Optional<Duration> statementTimeout() {
    return Optional.ofNullable(statementTimeout);
  }

  /**
   * Returns after how long PostgreSQL ends a statement that waits for a lock; empty means as the
   * server is set.
   */
  public Optional<Duration> lockTimeout() {
    return Optional.ofNullable(lockTimeout);
  }

  /**
   * Returns after how long PostgreSQL ends a session that does nothing within a transaction; empty
   * means as the server is set.
   */
  public Optional<Duration> idleInTransactionTimeout() {
    return Optional.ofNullable(idleInTransactionTimeout);
  }

  /** Returns the replica that reads may go to; empty means there is none. */
  public Optional<DatabaseUrl> replica() {
    return Optional.ofNullable(replica);
  }

  /** Returns how long a read waits for the replica before it goes to the primary. */
  public Duration replicaTimeout() {
    return replicaTimeout;
  }

  /** Whether it is for connections to a replica: of several hosts one that cannot be written to. */
  boolean isForReplica() {
    return forReplica;
  }

  /** The same settings for connections to the replica, which are had soon or not at all. */
  DatabaseConfig forReplica() {
    Builder builder = builder(replica().orElseThrow());
    builder.forReplica = true;
    builder.minimumPoolSize = 0;
    builder.maximumPoolSize = maximumPoolSize;
    builder.maxLifetime = maxLifetime;
    builder.keepAlive = keepAlive;
    builder.acquisitionTimeout = replicaTimeout;
    builder.connectTimeout =
        Duration.ofSeconds(
            Math.min(connectTimeout.toSeconds(), Math.max(1, replicaTimeout.toSeconds())));
    builder.leakDetection = leakDetection;
    builder.statementTimeout = statementTimeout;
    builder.lockTimeout = lockTimeout;
    builder.idleInTransactionTimeout = idleInTransactionTimeout;
    builder.applicationName = applicationName;
    return builder.build();
  }

  /** Returns how many connections read a SQLite file beside the one that writes. */
  public int readers() {
    return readers;
  }

  /** Returns how long SQLite waits for another process's lock. */
  public Duration busyTimeout() {
    return busyTimeout;
  }

  /** Returns the name a PostgreSQL server shows the sessions by. */
  public String applicationName() {
    return applicationName;
  }

  /** Returns whether it is remembered where each connection was borrowed. */
  public boolean remembersBorrowers() {
    return rememberBorrowers;
  }

  /** Returns the settings for people and logs, without a credential. */
  @Override
  public String toString() {
    return "DatabaseConfig[" + url() + ", pool " + minimumPoolSize + " to " + maximumPoolSize + "]";
  }

  /**
   * Collects settings.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);
    private static final int LONGEST_APPLICATION_NAME = 63;

    private final DatabaseChoice choice;
    private int minimumPoolSize = 10;
    private int maximumPoolSize = 30;
    private Duration maxLifetime = Duration.ofHours(1);
    private @Nullable Duration keepAlive;
    private Duration acquisitionTimeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable Duration leakDetection;
    private @Nullable Duration statementTimeout;
    private @Nullable Duration lockTimeout;
    private @Nullable Duration idleInTransactionTimeout;
    private @Nullable DatabaseUrl replica;
    private Duration replicaTimeout = Duration.ofSeconds(1);
    private boolean forReplica;
    private int readers = 4;
    private Duration busyTimeout = Duration.ofSeconds(30);
    private String applicationName = "outgrow";
    private boolean rememberBorrowers;

    private Builder(DatabaseChoice choice) {
      this.choice = choice;
    }

    /** Sets how many connections to keep open: 0 to the maximum, by default 10. */
    public Builder minimumPoolSize(int connections) {
      this.minimumPoolSize = connections;
      return this;
    }

    /** Sets how many connections to open at most: 1 to 1000, by default 30. */
    public Builder maximumPoolSize(int connections) {
      this.maximumPoolSize = connections;
      return this;
    }

    /** Sets after how long a connection is replaced: 30 seconds to 1 day, by default 1 hour. */
    public Builder maxLifetime(Duration lifetime) {
      this.maxLifetime = lifetime;
      return this;
    }

    /**
     * Sets how often a connection that nobody uses is asked whether it still lives: 30 seconds to
     * less than {@link #maxLifetime}, by default 2 minutes.
     */
    public Builder keepAlive(Duration interval) {
      this.keepAlive = interval;
      return this;
    }

    /** Sets how long to wait for a free connection: 250 ms to 1 hour, by default 30 seconds. */
    public Builder acquisitionTimeout(Duration timeout) {
      this.acquisitionTimeout = timeout;
      return this;
    }

    /**
     * Sets how long to wait for one host to answer: 1 second to 10 minutes, by default 10 seconds.
     * A {@code connectTimeout} in the URL goes before it.
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * Sets after how long in use a connection is reported in the log as leaked: 2 seconds to {@link
     * #maxLifetime}; by default never.
     */
    public Builder leakDetection(Duration threshold) {
      this.leakDetection = threshold;
      return this;
    }

    /**
     * Sets after how long PostgreSQL ends a statement: 1 ms to 1 day, by default as the server is
     * set. It goes before what {@code options} in the URL say.
     */
    public Builder statementTimeout(Duration timeout) {
      this.statementTimeout = timeout;
      return this;
    }

    /**
     * Sets after how long PostgreSQL ends a statement that waits for a lock: 1 ms to 1 day, by
     * default as the server is set. It goes before what {@code options} in the URL say.
     */
    public Builder lockTimeout(Duration timeout) {
      this.lockTimeout = timeout;
      return this;
    }

    /**
     * Sets after how long PostgreSQL ends a session that does nothing within a transaction: 1 ms to
     * 1 day, by default as the server is set. It goes before what {@code options} in the URL say.
     */
    public Builder idleInTransactionTimeout(Duration timeout) {
      this.idleInTransactionTimeout = timeout;
      return this;
    }

    /**
     * Sets a replica of the PostgreSQL server that {@link Database#read} may read instead, by
     * default none. It has a pool of the same size. If it is not there, the primary is read.
     */
    public Builder replica(DatabaseUrl url) {
      this.replica = url;
      return this;
    }

    /**
     * Sets how long a read waits for the replica, to get a connection and to have replayed what was
     * written before, until it goes to the primary: 250 ms to 1 minute, by default 1 second.
     */
    public Builder replicaTimeout(Duration timeout) {
      this.replicaTimeout = timeout;
      return this;
    }

    /** Sets how many connections read a SQLite file beside the writer: 1 to 64, by default 4. */
    public Builder readers(int connections) {
      this.readers = connections;
      return this;
    }

    /** Sets how long SQLite waits for a lock: 0 to 1 hour, by default 30 seconds. */
    public Builder busyTimeout(Duration timeout) {
      this.busyTimeout = timeout;
      return this;
    }

    /**
     * Sets the name a PostgreSQL server shows the sessions by: 1 to 63 bytes of printable ASCII, by
     * default {@code outgrow}. An {@code ApplicationName} in the URL goes before it.
     */
    public Builder applicationName(String name) {
      this.applicationName = name;
      return this;
    }

    /**
     * Remembers where each connection was borrowed until it is given back, for {@link
     * Database#borrowed}; by default nobody does, since it takes the borrower's stack each time.
     */
    public Builder rememberBorrowers(boolean remembered) {
      this.rememberBorrowers = remembered;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws ConfigurationException if one is out of its range; the message names it
     */
    public DatabaseConfig build() {
      ConfigOption.MAXIMUM_POOL_SIZE.require(maximumPoolSize);
      ConfigOption.MINIMUM_POOL_SIZE.require(minimumPoolSize, maximumPoolSize);
      ConfigOption.READERS.require(readers);
      ConfigOption.MAX_LIFETIME.require(maxLifetime);
      // HikariCP would leave it out, with a warning, where it is not shorter.
      ConfigOption.KEEP_ALIVE.require(keepAlive, maxLifetime.minusMillis(1));
      ConfigOption.ACQUISITION_TIMEOUT.require(acquisitionTimeout);
      ConfigOption.CONNECT_TIMEOUT.require(connectTimeout);
      ConfigOption.BUSY_TIMEOUT.require(busyTimeout);
      ConfigOption.LEAK_DETECTION.require(leakDetection, maxLifetime);
      ConfigOption.STATEMENT_TIMEOUT.require(statementTimeout);
      ConfigOption.LOCK_TIMEOUT.require(lockTimeout);
      ConfigOption.IDLE_IN_TRANSACTION_TIMEOUT.require(idleInTransactionTimeout);
      ConfigOption.REPLICA_TIMEOUT.require(replicaTimeout);
      requireReplica();
      requireApplicationName();
      return new DatabaseConfig(this);
    }

    private @Nullable Duration fittingKeepAlive() {
      boolean fits = maxLifetime.compareTo(KEEP_ALIVE) > 0;
      return keepAlive == null && fits ? KEEP_ALIVE : keepAlive;
    }

    private void requireReplica() {
      if (replica != null && replica.backend() != Backend.POSTGRESQL) {
        throw new ConfigurationException("replica", replica.toString(), "a PostgreSQL server");
      }
    }

    private void requireApplicationName() {
      boolean printable = applicationName.chars().allMatch(c -> c >= ' ' && c <= '~');
      int length = applicationName.length();
      if (!printable || length < 1 || length > LONGEST_APPLICATION_NAME) {
        throw new ConfigurationException(
            "applicationName", applicationName, "1 to 63 characters of printable ASCII");
      }
    }
  }
}

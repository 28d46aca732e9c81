package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link DatabaseConfig} as rows: what refuses a value is what the guide prints.
 *
 * @param backend where it has an effect, in words
 * @param initial the default; null means none
 * @param most the most that is allowed; null where another option limits it
 * @param upTo the option that limits it; null where a number does
 */
record ConfigOption<T extends Comparable<T>>(
    String name,
    String backend,
    @Nullable T initial,
    T least,
    @Nullable T most,
    @Nullable String upTo,
    String says) {
  private static final String BOTH = "both";
  private static final String POSTGRESQL = Backend.POSTGRESQL.title();
  private static final String SQLITE = Backend.SQLITE.title();
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static final ConfigOption<Integer> MINIMUM_POOL_SIZE =
      numbered("minimumPoolSize", 10, 0, null, "maximumPoolSize", "how many connections to keep");
  static final ConfigOption<Integer> MAXIMUM_POOL_SIZE =
      numbered("maximumPoolSize", 30, 1, 1000, null, "how many connections to open at most");
  static final ConfigOption<Duration> MAX_LIFETIME =
      timed("maxLifetime", BOTH, HOUR, seconds(30), DAY, "after how long a connection is replaced");
  static final ConfigOption<Duration> KEEP_ALIVE =
      new ConfigOption<>(
          "keepAlive",
          BOTH,
          Duration.ofMinutes(2),
          seconds(30),
          null,
          "maxLifetime",
          "how often a connection that nobody uses is asked whether it still lives");
  static final ConfigOption<Duration> ACQUISITION_TIMEOUT =
      timed(
          "acquisitionTimeout",
          BOTH,
          seconds(30),
          Duration.ofMillis(250),
          HOUR,
          "how long to wait for a free connection");
  static final ConfigOption<Duration> LEAK_DETECTION =
      new ConfigOption<>(
          "leakDetection",
          BOTH,
          null,
          seconds(2),
          null,
          "maxLifetime",
          "after how long in use a connection is reported in the log as leaked");
  static final ConfigOption<Duration> CONNECT_TIMEOUT =
      timed(
          "connectTimeout",
          POSTGRESQL,
          seconds(10),
          seconds(1),
          Duration.ofMinutes(10),
          "how long to wait for one host to answer; a `connectTimeout` in the URL goes before it");
  static final ConfigOption<Duration> STATEMENT_TIMEOUT =
      session("statementTimeout", "after how long the server ends a statement");
  static final ConfigOption<Duration> LOCK_TIMEOUT =
      session("lockTimeout", "after how long the server ends a statement that waits for a lock");
  static final ConfigOption<Duration> IDLE_IN_TRANSACTION_TIMEOUT =
      session(
          "idleInTransactionTimeout",
          "after how long the server ends a session that does nothing within a transaction");
  static final ConfigOption<Duration> REPLICA_TIMEOUT =
      timed(
          "replicaTimeout",
          POSTGRESQL,
          seconds(1),
          Duration.ofMillis(250),
          Duration.ofMinutes(1),
          "how long a read waits for the replica before it goes to the primary");
  static final ConfigOption<Integer> READERS =
      new ConfigOption<>(
          "readers",
          SQLITE,
          4,
          1,
          64,
          null,
          "how many connections read beside the one that writes");
  static final ConfigOption<Duration> BUSY_TIMEOUT =
      timed(
          "busyTimeout",
          SQLITE,
          seconds(30),
          Duration.ZERO,
          HOUR,
          "how long to wait for another program's lock");

  /** Not an option of the configuration: what {@link Database#awaitReady} takes. */
  static final ConfigOption<Duration> PATIENCE =
      timed("patience", BOTH, seconds(30), Duration.ZERO, DAY, "how long to wait for the database");

  static final List<ConfigOption<?>> ALL =
      List.of(
          MINIMUM_POOL_SIZE,
          MAXIMUM_POOL_SIZE,
          MAX_LIFETIME,
          KEEP_ALIVE,
          ACQUISITION_TIMEOUT,
          LEAK_DETECTION,
          CONNECT_TIMEOUT,
          STATEMENT_TIMEOUT,
          LOCK_TIMEOUT,
          IDLE_IN_TRANSACTION_TIMEOUT,
          REPLICA_TIMEOUT,
          READERS,
          BUSY_TIMEOUT);

  private static ConfigOption<Integer> numbered(
      String name,
      int initial,
      int least,
      @Nullable Integer most,
      @Nullable String upTo,
      String says) {
    return new ConfigOption<>(name, POSTGRESQL, initial, least, most, upTo, says);
  }

  private static ConfigOption<Duration> timed(
      String name, String backend, Duration initial, Duration least, Duration most, String says) {
    return new ConfigOption<>(name, backend, initial, least, most, null, says);
  }

  /** A limit that the server keeps, in milliseconds; by default what is set there. */
  private static ConfigOption<Duration> session(String name, String says) {
    return new ConfigOption<>(name, POSTGRESQL, null, Duration.ofMillis(1), DAY, null, says);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** Refuses a value out of the range that numbers alone limit. */
  void require(@Nullable T value) {
    if (value != null && most != null) {
      require(value, most);
    }
  }

  /** Refuses a value out of the range that another option limits. */
  void require(@Nullable T value, T limit) {
    if (value != null && (value.compareTo(least) < 0 || value.compareTo(limit) > 0)) {
      throw new ConfigurationException(name, value.toString(), least + " to " + limit);
    }
  }
}

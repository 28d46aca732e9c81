package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Database} is opened. Defaults: at least 10 and at most 30 connections, each used for
 * 1 hour at most, 30 seconds to wait for a free one, 10 seconds to connect to a host, no leak
 * detection; on SQLite one writer, 4 readers and a busy time-out of 30 seconds. A value out of its
 * range is refused by {@link Builder#build()}, never repaired.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class DatabaseConfig {
  private final DatabaseUrl url;
  private final int minimumPoolSize;
  private final int maximumPoolSize;
  private final Duration maxLifetime;
  private final Duration acquisitionTimeout;
  private final Duration connectTimeout;
  private final @Nullable Duration leakDetection;
  private final int readers;
  private final Duration busyTimeout;
  private final String applicationName;

  private DatabaseConfig(Builder builder) {
    this.url = builder.url;
    this.minimumPoolSize = builder.minimumPoolSize;
    this.maximumPoolSize = builder.maximumPoolSize;
    this.maxLifetime = builder.maxLifetime;
    this.acquisitionTimeout = builder.acquisitionTimeout;
    this.connectTimeout = builder.connectTimeout;
    this.leakDetection = builder.leakDetection;
    this.readers = builder.readers;
    this.busyTimeout = builder.busyTimeout;
    this.applicationName = builder.applicationName;
  }

  /** Returns the defaults for a database. */
  public static DatabaseConfig of(DatabaseUrl url) {
    return builder(url).build();
  }

  /** Returns a builder with the defaults for a database. */
  public static Builder builder(DatabaseUrl url) {
    return new Builder(url);
  }

  /** Returns where the database is. */
  public DatabaseUrl url() {
    return url;
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

  /** Returns the settings for people and logs, without a credential. */
  @Override
  public String toString() {
    return "DatabaseConfig[" + url + ", pool " + minimumPoolSize + " to " + maximumPoolSize + "]";
  }

  /**
   * Collects settings.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private static final int MOST_CONNECTIONS = 1000;
    private static final int LONGEST_APPLICATION_NAME = 63;

    private final DatabaseUrl url;
    private int minimumPoolSize = 10;
    private int maximumPoolSize = 30;
    private Duration maxLifetime = Duration.ofHours(1);
    private Duration acquisitionTimeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable Duration leakDetection;
    private int readers = 4;
    private Duration busyTimeout = Duration.ofSeconds(30);
    private String applicationName = "outgrow";

    private Builder(DatabaseUrl url) {
      this.url = url;
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
     * Returns the settings.
     *
     * @throws ConfigurationException if one is out of its range; the message names it
     */
    public DatabaseConfig build() {
      within("maximumPoolSize", maximumPoolSize, 1, MOST_CONNECTIONS);
      within("minimumPoolSize", minimumPoolSize, 0, maximumPoolSize);
      within("readers", readers, 1, 64);
      within("maxLifetime", maxLifetime, Duration.ofSeconds(30), Duration.ofDays(1));
      within("acquisitionTimeout", acquisitionTimeout, Duration.ofMillis(250), Duration.ofHours(1));
      within("connectTimeout", connectTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
      within("busyTimeout", busyTimeout, Duration.ZERO, Duration.ofHours(1));
      if (leakDetection != null) {
        within("leakDetection", leakDetection, Duration.ofSeconds(2), maxLifetime);
      }
      requireApplicationName();
      return new DatabaseConfig(this);
    }

    private static void within(String option, int value, int least, int most) {
      if (value < least || value > most) {
        throw new ConfigurationException(option, Integer.toString(value), least + " to " + most);
      }
    }

    private static void within(String option, Duration value, Duration least, Duration most) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new ConfigurationException(option, value.toString(), least + " to " + most);
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

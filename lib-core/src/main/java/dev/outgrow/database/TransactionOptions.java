package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction runs. Defaults: it may write; it is read committed on PostgreSQL, or sees one
 * snapshot where it only reads; it is attempted once; it has no time limits of its own, so those of
 * the server hold, and SQLite's lock is waited for as long as {@link DatabaseConfig#busyTimeout}
 * says, 30 seconds.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class TransactionOptions {
  private static final TransactionOptions WRITE = builder().build();
  private static final TransactionOptions READ = builder().readOnly(true).build();

  private final boolean readOnly;
  private final @Nullable Isolation isolation;
  private final Retry retry;
  private final @Nullable Duration statementTimeout;
  private final @Nullable Duration lockTimeout;

  private TransactionOptions(Builder builder) {
    this.readOnly = builder.readOnly;
    this.isolation = builder.isolation;
    this.retry = builder.retry;
    this.statementTimeout = builder.statementTimeout;
    this.lockTimeout = builder.lockTimeout;
  }

  /** Returns the defaults: what {@link Database#transaction(TransactionWork)} runs with. */
  public static TransactionOptions defaults() {
    return WRITE;
  }

  /** Returns the defaults of a transaction that only reads. */
  public static TransactionOptions reading() {
    return READ;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether it cannot write. */
  public boolean readOnly() {
    return readOnly;
  }

  /** Returns how far it is kept from others on PostgreSQL; empty means the default. */
  public Optional<Isolation> isolation() {
    return Optional.ofNullable(isolation);
  }

  /** Returns how often it is attempted where it loses against another. */
  public Retry retry() {
    return retry;
  }

  /** Returns how long each of its statements may take; empty means no limit of its own. */
  public Optional<Duration> statementTimeout() {
    return Optional.ofNullable(statementTimeout);
  }

  /** Returns how long it waits for a lock; empty means no limit of its own. */
  public Optional<Duration> lockTimeout() {
    return Optional.ofNullable(lockTimeout);
  }

  /** Returns the settings for people and logs. */
  @Override
  public String toString() {
    return "TransactionOptions["
        + (readOnly ? "read only" : "read and write")
        + (isolation == null ? "" : ", " + isolation)
        + (statementTimeout == null ? "" : ", statements up to " + statementTimeout)
        + (lockTimeout == null ? "" : ", locks up to " + lockTimeout)
        + ", "
        + retry
        + "]";
  }

  /**
   * Collects settings.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private boolean readOnly;
    private @Nullable Isolation isolation;
    private Retry retry = Retry.none();
    private @Nullable Duration statementTimeout;
    private @Nullable Duration lockTimeout;

    private Builder() {}

    /** Sets whether writing is refused, by default not. */
    public Builder readOnly(boolean only) {
      this.readOnly = only;
      return this;
    }

    /**
     * Sets how far it is kept from others: by default {@link Isolation#READ_COMMITTED}, and {@link
     * Isolation#REPEATABLE_READ} where it only reads. On SQLite it is always {@link
     * Isolation#SERIALIZABLE}.
     */
    public Builder isolation(Isolation level) {
      this.isolation = level;
      return this;
    }

    /**
     * Sets how often it is attempted where it loses against another, by default once. The work must
     * then bear being done again: everything of an attempt that failed is undone in the database,
     * and nowhere else.
     */
    public Builder retry(Retry budget) {
      this.retry = budget;
      return this;
    }

    /** Sets how long each of its statements may take: 1 ms to 1 day, by default no limit. */
    public Builder statementTimeout(Duration limit) {
      this.statementTimeout = limit;
      return this;
    }

    /**
     * Sets how long it waits for a lock: 1 ms to 1 day. By default the server's limit holds, and on
     * SQLite the database's busy time-out.
     */
    public Builder lockTimeout(Duration limit) {
      this.lockTimeout = limit;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws ConfigurationException if one is out of its range; the message names it
     */
    public TransactionOptions build() {
      if (statementTimeout != null) {
        Within.require("statementTimeout", statementTimeout, SHORTEST, LONGEST);
      }
      if (lockTimeout != null) {
        Within.require("lockTimeout", lockTimeout, SHORTEST, LONGEST);
      }
      return new TransactionOptions(this);
    }
  }
}

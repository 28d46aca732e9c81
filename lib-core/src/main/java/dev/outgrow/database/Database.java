package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that is open: a pool of connections and transactions on them, the same on PostgreSQL
 * and on SQLite. The front door of this package.
 *
 * <pre>{@code
 * try (Database db = Database.open("postgresql://app:secret@localhost/app")) {
 *   long users = db.read(tx -> count(tx.connection(), "users"));
 * }
 * }</pre>
 *
 * <p>Opening proves one connection, so that what cannot work fails at once. PostgreSQL sessions are
 * in the time zone UTC, whatever the JVM's. A SQLite file is put into WAL mode, with foreign keys
 * enforced; one connection writes and 4 read. The other defaults are those of {@link
 * DatabaseConfig}: 10 to 30 connections, replaced after 1 hour, 30 seconds to wait for one.
 *
 * <p>A transaction within a transaction is another one, on another connection; on SQLite, where one
 * connection writes, it waits for the outer one until the acquisition time-out.
 *
 * <p>{@link #close} ends the pool: connections still in use are given 10 seconds and then aborted.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Database implements AutoCloseable {
  private final DatabaseUrl url;
  private final String version;
  private final Pool writer;
  private final Pool readers;
  private final TransactionRunner writing;
  private final TransactionRunner reading;
  private final DataSource dataSource;
  private final TransactionCounts counts = new TransactionCounts();
  private final Map<String, HealthProbe> probes = new ConcurrentHashMap<>();

  Database(
      DatabaseUrl url,
      String version,
      Pool writer,
      Pool readers,
      TransactionRunner writing,
      TransactionRunner reading) {
    this.url = url;
    this.version = version;
    this.writer = writer;
    this.readers = readers;
    this.writing = writing;
    this.reading = reading;
    this.dataSource = new ConnectorDataSource(writer::borrow);
  }

  /**
   * Opens the database of a URL, with the defaults of {@link DatabaseConfig}.
   *
   * @throws dev.outgrow.error.ConfigurationException if the URL cannot be read
   * @throws dev.outgrow.error.AccessException if the server refuses: user, password, database
   * @throws dev.outgrow.error.UnavailableException if nobody answers
   * @throws dev.outgrow.error.SourceFileException if a SQLite file cannot be opened
   * @throws dev.outgrow.error.MissingArtifactException if a Unix socket lacks its library
   */
  public static Database open(String url) {
    return open(DatabaseUrl.parse(url));
  }

  /** Opens a database with the defaults; fails as {@link #open(String)} does. */
  public static Database open(DatabaseUrl url) {
    return open(DatabaseConfig.of(url));
  }

  /** Opens a database; fails as {@link #open(String)} does. */
  public static Database open(DatabaseConfig config) {
    return Opening.open(config);
  }

  /** Returns the backend. */
  public Backend backend() {
    return url.backend();
  }

  /** Returns where the database is. */
  public DatabaseUrl url() {
    return url;
  }

  /** Returns what it is and where, in one line for people, without a credential. */
  public String describe() {
    return backend().title() + " " + version + " at " + url;
  }

  /**
   * Borrows a connection, in auto-commit mode, for as long as the caller likes; closing it gives it
   * back. On SQLite it is the one that writes: nothing else writes until it is closed.
   *
   * @throws dev.outgrow.error.UnavailableException if none comes free in time
   */
  public Connection connection() {
    try {
      return writer.borrow();
    } catch (SQLException failure) {
      throw writer.refused(failure);
    }
  }

  /**
   * Returns the connections of {@link #connection()} as a {@link DataSource}, for libraries that
   * want one. It ends with this database.
   */
  public DataSource dataSource() {
    return dataSource;
  }

  /**
   * Does work in one transaction: read committed on PostgreSQL, {@code BEGIN IMMEDIATE} on SQLite.
   * Commits when the work returns and rolls back when it throws, whatever it throws; a rollback
   * that fails is added to that as suppressed.
   *
   * @return what the work returned
   * @throws dev.outgrow.error.OutgrowException what {@link SqlFailures} makes of a {@link
   *     SQLException}; other exceptions of the work leave as they are
   */
  public <T extends @Nullable Object> T transaction(TransactionWork<T> work) {
    return counts.counted(() -> writing.run(work));
  }

  /** Does work without a result in one transaction, as {@link #transaction} does. */
  public void inTransaction(TransactionAction work) {
    transaction(
        tx -> {
          work.apply(tx);
          return work;
        });
  }

  /**
   * Does work in one transaction that cannot write and sees one snapshot from its first statement
   * to its last.
   *
   * @return what the work returned
   * @throws dev.outgrow.error.OutgrowException as {@link #transaction} does
   */
  public <T extends @Nullable Object> T read(TransactionWork<T> work) {
    return counts.counted(() -> reading.run(work));
  }

  /**
   * Opens a connection beside the pool, in auto-commit mode, for work that changes its session or
   * holds it for long; closing it ends it.
   *
   * @throws dev.outgrow.error.OutgrowException if none can be opened
   */
  public Connection ownConnection() {
    try {
      return writer.connectBeside();
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Connecting to " + url());
    }
  }

  /** Returns how the database is, within 5 seconds. Never throws, also once it is closed. */
  public Health health() {
    return health(Duration.ofSeconds(5));
  }

  /**
   * Returns how the database is: whether it answers, how fast, and what the probes find. Never
   * throws but for the limit itself; a database that is closed does not answer.
   *
   * @param limit how long to wait: 1 ms to 1 hour
   * @throws ConfigurationException if the limit is outside of that
   */
  public Health health(Duration limit) {
    if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw new ConfigurationException("limit", limit.toString(), "1 ms to 1 hour");
    }
    return new HealthCheck(backend(), readers, Map.copyOf(probes), limit).run(pools());
  }

  /** Adds a probe to {@link #health()}; one of the same name before is replaced. */
  public void addHealthProbe(String name, HealthProbe probe) {
    probes.put(name, probe);
  }

  /** Returns the state of the pools; none once it is closed. */
  public List<PoolState> pools() {
    return Stream.of(writer, readers).distinct().flatMap(pool -> pool.state().stream()).toList();
  }

  /** Returns how many transactions have run since it was opened. */
  public TransactionTotals transactions() {
    return counts.totals();
  }

  /** Closes all connections. A second call does nothing. */
  @Override
  public void close() {
    try (writer) {
      readers.close();
    }
  }

  /** Returns {@link #describe()}. */
  @Override
  public String toString() {
    return describe();
  }
}

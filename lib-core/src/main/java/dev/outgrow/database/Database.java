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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * connection writes, it is refused. {@link Transaction#nested} is a part of the outer one.
 *
 * <p>{@link #close} ends the pool: connections still in use are given 10 seconds and then aborted.
 * On SQLite, what the write-ahead log holds is then brought into the file.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final DatabaseChoice choice;
  private final String version;
  private final Probe probe;
  private final Lender writer;
  private final Lender readers;
  private final Transactions transactions;
  private final DataSource dataSource;
  private final TransactionCounts counts = new TransactionCounts();
  private final Map<String, HealthProbe> probes = new ConcurrentHashMap<>();

  /** Connects once more, in a time, or throws why it could not. */
  interface Probe {
    String within(Duration time);
  }

  Database(
      DatabaseChoice choice,
      String version,
      Probe probe,
      Lender writer,
      Lender readers,
      Transactions transactions) {
    this.choice = choice;
    this.version = version;
    this.probe = probe;
    this.writer = writer;
    this.readers = readers;
    this.transactions = transactions;
    this.dataSource = new ConnectorDataSource(() -> transactions.lend(writer.borrow()));
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

  /**
   * Uses a data source that the program has opened, of PostgreSQL or of a SQLite file: a Spring
   * application's pool, say. It stays the program's: closing this database does not close it, and
   * none of the settings of {@link DatabaseConfig} apply, since they belong to whoever made it.
   *
   * <p>While a connection is lent here, it is in auto-commit mode and its session in UTC, on SQLite
   * with foreign keys enforced; each is put back before the connection is. On SQLite one connection
   * at a time writes, and waits 30 seconds for its turn; the file's journal mode and the busy
   * time-out stay as they are. A data source that hands out connections within a transaction is
   * refused when it does.
   *
   * @throws dev.outgrow.error.ConfigurationException if it leads to another kind of database, to
   *     one in memory, or does not let the PostgreSQL driver's connections be unwrapped
   * @throws dev.outgrow.error.OutgrowException if it gives no connection
   */
  public static Database on(DataSource dataSource) {
    return HandedInOpening.open(dataSource);
  }

  /**
   * Opens a database as soon as it can be: one that starts beside the application, or is still
   * recovering, or whose host is not known yet. It is tried at once and then after 100 ms, after
   * twice that and so on up to 2 seconds, each pause shortened by up to a half at random.
   *
   * <p>What waiting cannot mend fails at once: a wrong password, a database or a folder that does
   * not exist, a setting that is refused. The last try may end as much later than the patience as
   * the connect time-out of 1 second or more for each host allows.
   *
   * @param patience how long to wait: 0 (one try) to 1 day
   * @throws dev.outgrow.error.UnavailableException if nobody has answered in this time; otherwise
   *     it fails as {@link #open(String)} does
   */
  public static Database awaitReady(DatabaseConfig config, Duration patience) {
    return Opening.openWhenReady(config, new Readiness(patience, Waiting.REAL));
  }

  /**
   * Waits until this database, which was open and may have gone away, takes connections again;
   * waits and fails as {@link #awaitReady(DatabaseConfig, Duration)} does.
   */
  public void awaitReady(Duration patience) {
    String answer = new Readiness(patience, Waiting.REAL).await(probe::within);
    LOG.debug("{} answers as version {}", url(), answer);
  }

  /** Returns the backend. */
  public Backend backend() {
    return url().backend();
  }

  /** Returns where the database is. */
  public DatabaseUrl url() {
    return choice.url();
  }

  /**
   * Returns what it is, where, and why there, in one line for people, without a credential: {@code
   * PostgreSQL 18.6 at postgresql://app:***@db:5432/app, named by the environment variable
   * DATABASE_URL}.
   */
  public String describe() {
    return backend().title() + " " + version + " at " + choice;
  }

  /**
   * Borrows a connection, in auto-commit mode, for as long as the caller likes; closing it gives it
   * back. On SQLite it is the one that writes: nothing else writes until it is closed.
   *
   * @throws dev.outgrow.error.UnavailableException if none comes free in time
   */
  public Connection connection() {
    try {
      return transactions.lend(writer.borrow());
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
   * Does work in one transaction with the defaults of {@link TransactionOptions}: read committed on
   * PostgreSQL, {@code BEGIN IMMEDIATE} on SQLite, attempted once. Commits when the work returns
   * and rolls back when it throws, whatever it throws; a rollback that fails is added to that as
   * suppressed.
   *
   * @return what the work returned
   * @throws dev.outgrow.error.OutgrowException what {@link SqlFailures} makes of a {@link
   *     SQLException}; other exceptions of the work leave as they are
   * @throws dev.outgrow.error.CancelledException if its thread was interrupted, or somebody called
   *     {@link Transaction#cancel}
   * @throws dev.outgrow.error.UnknownOutcomeException if the connection was lost while it was
   *     committed
   */
  public <T extends @Nullable Object> T transaction(TransactionWork<T> work) {
    return transaction(TransactionOptions.defaults(), work);
  }

  /** Does work in one transaction with other options, and fails as {@link #transaction} does. */
  public <T extends @Nullable Object> T transaction(
      TransactionOptions options, TransactionWork<T> work) {
    return counts.counted(() -> transactions.run(options, work));
  }

  /** Does work without a result in one transaction, as {@link #transaction} does. */
  public void inTransaction(TransactionAction work) {
    inTransaction(TransactionOptions.defaults(), work);
  }

  /** Does work without a result in one transaction, as {@link #transaction} does. */
  public void inTransaction(TransactionOptions options, TransactionAction work) {
    transaction(
        options,
        tx -> {
          work.apply(tx);
          return work;
        });
  }

  /**
   * Does work in one transaction that cannot write and sees one snapshot from its first statement
   * to its last. Where {@link DatabaseConfig#replica} is set it may run there, but never misses
   * what this object has written before, from whatever thread; where the replica fails in the
   * middle, the work is done again on the primary. {@link #transaction(TransactionOptions,
   * TransactionWork)} with {@link TransactionOptions#reading} reads the primary.
   *
   * @return what the work returned
   * @throws dev.outgrow.error.OutgrowException as {@link #transaction} does
   */
  public <T extends @Nullable Object> T read(TransactionWork<T> work) {
    return counts.counted(() -> transactions.read(work));
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

  /**
   * Returns the connections that are borrowed and not given back, those of transactions that run
   * and those beside the pool included; oldest first, on SQLite the writer's first. Empty unless
   * {@link DatabaseConfig.Builder#rememberBorrowers} is set.
   */
  public List<BorrowedConnection> borrowed() {
    return Stream.of(writer, readers).distinct().flatMap(pool -> pool.borrowed().stream()).toList();
  }

  /** Returns how many transactions have run since it was opened. */
  public TransactionTotals transactions() {
    return counts.totals();
  }

  /** Closes all connections. A second call does nothing. */
  @Override
  public void close() {
    try (transactions;
        writer) {
      readers.close();
    }
  }

  /** Returns {@link #describe()}. */
  @Override
  public String toString() {
    return describe();
  }
}

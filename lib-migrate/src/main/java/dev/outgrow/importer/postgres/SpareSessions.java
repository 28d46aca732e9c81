package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.PoolState;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.verify.SpareConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that an import has beside its own for a while, each in a transaction of its own. Who
 * has used them says {@link #commit()}; {@link #close()} without it rolls all of them back.
 *
 * <p><em>Not thread-safe</em> but for {@link #wake()}.
 */
final class SpareSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpareSessions.class);

  /** Beside those of the import, one that is left to the application. */
  private static final int LEFT = 1;

  private final Database database;
  private final String schema;
  private final Map<ImportSession, Waker> sessions = new LinkedHashMap<>();
  private boolean refused;
  private boolean lateDisk;
  private String first = "";

  /**
   * Prepares.
   *
   * @param database gives the connections
   * @param schema the target schema, for error messages
   */
  SpareSessions(Database database, String schema) {
    this.database = database;
    this.schema = schema;
  }

  /**
   * Takes another connection if the pool has one that nobody waits for.
   *
   * @return nothing if it has none, or the server gives none: then it goes on without
   */
  Optional<ImportSession> another() {
    if (refused || !isFree()) {
      return Optional.empty();
    }
    try {
      ImportSession session = ImportSession.open(database, schema);
      add(session);
      if (lateDisk) {
        session.lateDisk();
      }
      session.connection().setAutoCommit(false);
      if (!first.isEmpty()) {
        session.run(first);
      }
      return Optional.of(session);
    } catch (SQLException | OutgrowException e) {
      refused = true;
      LOG.info("Loading goes on over the connections that are there: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Has those that are taken from now on begin their transaction with a statement. */
  SpareSessions thatBeginWith(String statement) {
    first = statement;
    return this;
  }

  /** Has those that are taken from now on commit without waiting for the disk. */
  void lateDisk() {
    lateDisk = true;
  }

  /** Returns them for reading back, as many as for loading as much. */
  SpareConnections forReading(Streams limit) {
    return new SpareConnections() {
      @Override
      public List<Connection> forTable(long bytes) {
        int wanted = limit.over(bytes);
        List<Connection> connections = new ArrayList<>();
        Optional<ImportSession> next = wanted > 1 ? another() : Optional.empty();
        while (next.isPresent()) {
          connections.add(next.get().connection());
          next = connections.size() + 1 < wanted ? another() : Optional.empty();
        }
        return connections;
      }

      @Override
      public void wake() {
        SpareSessions.this.wake();
      }
    };
  }

  private boolean isFree() {
    return database.pools().stream().anyMatch(SpareSessions::isFree);
  }

  private static boolean isFree(PoolState pool) {
    return pool.waiting() == 0 && pool.maximum() - pool.active() > LEFT;
  }

  private synchronized void add(ImportSession session) {
    sessions.put(session, new Waker(session.connection()));
  }

  private synchronized void forget(ImportSession session) {
    sessions.remove(session);
  }

  private synchronized ImportSession[] all() {
    return sessions.keySet().toArray(new ImportSession[0]);
  }

  /** Has the server give up what it does on all of them. Thread-safe. */
  synchronized void wake() {
    sessions.values().forEach(Waker::wake);
  }

  /** Commits what was done on each. */
  void commit() throws SQLException {
    for (ImportSession session : all()) {
      session.connection().commit();
    }
  }

  /** Rolls back what is not committed, and gives the connections back. */
  @Override
  public void close() {
    for (ImportSession session : all()) {
      forget(session); // nobody may cancel what its next owner does
      try {
        giveBack(session);
      } catch (SQLException e) {
        end(session, e);
      }
    }
  }

  private static void giveBack(ImportSession session) throws SQLException {
    try (session) {
      session.connection().rollback();
      session.connection().setAutoCommit(true);
    }
  }

  /** A server that was not told that its client has gone would keep the locks of the table. */
  private void end(ImportSession session, SQLException reason) {
    try (ImportSession other = ImportSession.openAnother(database, schema)) {
      session.itself().end(other.connection());
    } catch (SQLException | OutgrowException e) {
      reason.addSuppressed(e);
    }
    LOG.warn("{}", SqlFailures.translate(reason, "Giving a connection back").what());
  }
}

package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.verify.SpareConnections;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Further connections that read what another one reads, as of the very moment of its transaction,
 * whatever is written meanwhile. {@link #close()} gives them back.
 *
 * <p><em>Not thread-safe.</em> Only {@link #wake()} may be called by any thread.
 *
 * @since 0.1
 */
public final class SnapshotReaders implements SpareConnections, AutoCloseable {
  private final Connection first;
  private final Streams limit;
  private final SpareSessions sessions;
  private String snapshot = "";

  /**
   * Prepares; takes none yet.
   *
   * @param database gives the connections
   * @param schema the schema that is read, for error messages
   * @param first a connection in a transaction of PostgreSQL's level {@code REPEATABLE READ}, that
   *     stays open as long as these are used
   * @param limit over how many connections a table is read
   */
  public SnapshotReaders(Database database, String schema, Connection first, Streams limit) {
    this.first = first;
    this.limit = limit;
    this.sessions = new SpareSessions(database, schema);
  }

  @Override
  public List<Connection> forTable(long bytes) {
    if (limit.over(bytes) == 1) {
      return List.of();
    }
    return sessions
        .thatBeginWith(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET TRANSACTION SNAPSHOT "
                + Dialect.POSTGRESQL.literal(snapshot()))
        .forReading(limit)
        .forTable(bytes);
  }

  private String snapshot() {
    if (snapshot.isEmpty()) {
      try (Statement statement = first.createStatement();
          ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
        row.next();
        snapshot = row.getString(1);
      } catch (SQLException e) {
        throw SqlFailures.translate(e, "Sharing what is read with further connections");
      }
    }
    return snapshot;
  }

  @Override
  public void wake() {
    sessions.wake();
  }

  /** Gives those back that were taken; more can be taken afterwards. */
  @Override
  public void close() {
    sessions.close();
  }
}

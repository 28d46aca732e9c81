package dev.outgrow.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the connection with which opening was proven to whoever asks first, and new ones after it:
 * a database takes one login to open, not two. Closing ends it if nobody has asked.
 */
final class ProvenFirst implements Connector, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Connector connector;
  private final AtomicReference<@Nullable Connection> proven;

  ProvenFirst(Connector connector, Connection proven) {
    this.connector = connector;
    this.proven = new AtomicReference<>(proven);
  }

  @Override
  public Connection connect() throws SQLException {
    Connection first = proven.getAndSet(null);
    return first == null ? connector.connect() : first;
  }

  @Override
  public void close() {
    Connection unused = proven.getAndSet(null);
    if (unused != null) {
      try {
        unused.close();
      } catch (SQLException failure) {
        LOG.debug("A connection that nobody has used does not close", failure);
      }
    }
  }
}
